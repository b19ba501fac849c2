"""Irregular monthly plans and what must come of them: own texts, each bent in its own way.

Gives: CASES, a list of (name, text, want, codes).  want: the record as drafts.flat shows it, without indentation, or the word
of the error; codes: {word: [lines]} that the report must hold, {word: None} that it must not.
"""

import irregular_lines  # noqa: F401
from irregular_form import ALL, RECORD, case

# ---- head and title ---------------------------------------------------------

case("title-two-lines", """示例市粮食和物资储备局
2032年3月份工作总结
和4月份工作安排
一、3月份工作总结
1.完成春季粮油普查。
责任科室：粮食科
二、4月份工作安排
1.启动应急演练。
责任科室：物资科
""", f"""
{RECORD}
head
issuing-authority | 示例市粮食和物资储备局
title | 2032年3月份工作总结和4月份工作安排
body
section number="一、"
heading | 3月份工作总结
item number="1."
p | 完成春季粮油普查。
responsible label="责任科室：" role="responsible"
unit 粮食科
section number="二、"
heading | 4月份工作安排
item number="1."
p | 启动应急演练。
responsible label="责任科室：" role="responsible"
unit 物资科
""", import_title_lines=[3], import_restart=[8], import_autospace=None)

case("title-cut-anywhere", """示例区残疾人联合会二〇三二年三
月份工作小结和四月份工作计
划
一、三月份工作小结
1.办证26本。
负责科室：办公室
""", f"""
{RECORD}
title | 示例区残疾人联合会二〇三二年三月份工作小结和四月份工作计划
body
section number="一、"
heading | 三月份工作小结
item number="1."
p | 办证26本。
responsible label="负责科室：" role="responsible"
unit 办公室
""", import_title_lines=[2])

case("two-authorities-and-preface", """示例市民政局
示例市财政局
2032年6月重点工作小结及7月重点工作计划
按照年初部署，现将有关情况汇总如下：
一、6月重点工作小结
1.发放补贴。
牵头单位：规财科
二、7月重点工作计划
现就七月工作计划如下。
1.核对名册。
牵头单位：救助科
""", f"""
{RECORD}
head
issuing-authority | 示例市民政局
issuing-authority | 示例市财政局
title | 2032年6月重点工作小结及7月重点工作计划
body
p | 按照年初部署，现将有关情况汇总如下：
section number="一、"
heading | 6月重点工作小结
item number="1."
p | 发放补贴。
responsible label="牵头单位：" role="lead"
unit 规财科
section number="二、"
heading | 7月重点工作计划
p | 现就七月工作计划如下。
item number="1."
p | 核对名册。
responsible label="牵头单位：" role="lead"
unit 救助科
""", import_title_lines=None)

case("a-line-above-that-is-no-authority", """内部资料 注意保管
示例市民政局
2032年8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
""", f"""
{RECORD}
head
issuing-authority | 内部资料 注意保管
issuing-authority | 示例市民政局
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
""", import_head=[1])

case("no-title", """一、8月工作小结
1.甲事。
责任单位：甲科
2.乙事。
责任单位：乙科
3.丙事。
责任单位：丙科
""", """
record kind="monthly-plan" version="1" lang="zh-Hans"
title source="derived" |
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
responsible label="责任单位：" role="responsible"
unit 甲科
item number="2."
p | 乙事。
responsible label="责任单位：" role="responsible"
unit 乙科
item number="3."
p | 丙事。
responsible label="责任单位：" role="responsible"
unit 丙科
""", import_no_title=[1])

case("parts-numbered-in-brackets", """2032年8月工作小结和9月工作计划
（一）8月工作小结
1.甲事。
（二）9月工作计划
1.乙事。
责任单位：乙科
2.丙事。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="（一）"
heading | 8月工作小结
item number="1."
p | 甲事。
section number="（二）"
heading | 9月工作计划
item number="1."
p | 乙事。
responsible label="责任单位：" role="responsible"
unit 乙科
item number="2."
p | 丙事。
""", import_no_part=[2], import_restart=[5])

case("a-part-of-paragraphs", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
二、存在的问题
人手不足。
进度不一。
三、9月工作计划
（一）党建
暂无。
（二）业务
1.乙事。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
section number="二、"
heading | 存在的问题
p | 人手不足。
p | 进度不一。
section number="三、"
heading | 9月工作计划
section number="（一）"
heading | 党建
p | 暂无。
section number="（二）"
heading | 业务
item number="1."
p | 乙事。
""")

# ---- departments ------------------------------------------------------------

case("departments-in-all-forms", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.修订预案。责任单位：应急科、防汛办、各街道（镇）
2.开展巡查。 牵头单位：执法科 配合单位：政策法规科（行政审批科）、市水文站
3.组织培训（责任单位：人事科）
4.组织体检（牵头科室：工会；配合科室：各科室）。
5.梳理台账。
负责人：李木子、欧阳文、王  五
6.走访慰问。
责任单位:办公室，机关党委。
7.清理积案。
8.编印手册。 责任单位：办公室 宣传科
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 修订预案。
responsible label="责任单位：" role="responsible"
unit 应急科
text 、
unit 防汛办
text 、
unit 各街道（镇）
item number="2."
p | 开展巡查。
responsible label="牵头单位：" role="lead"
unit 执法科
responsible label="配合单位：" role="cooperating"
unit 政策法规科（行政审批科）
text 、
unit 市水文站
item number="3."
p | 组织培训
responsible label="（责任单位：" role="responsible"
unit 人事科
text ）
item number="4."
p | 组织体检
responsible label="（牵头科室：" role="lead"
unit 工会
text ；
responsible label="配合科室：" role="cooperating"
unit 各科室
text ）。
item number="5."
p | 梳理台账。
responsible label="负责人：" role="responsible"
person 李木子
text 、
person 欧阳文
text 、
person 王五
item number="6."
p | 走访慰问。
responsible label="责任单位:" role="responsible"
unit 办公室
text ，
unit 机关党委
text 。
item number="7."
p | 清理积案。
item number="8."
p | 编印手册。
responsible label="责任单位：" role="responsible"
unit 办公室
unit 宣传科
""", import_units=[3, 4, 8, 10, 12], import_name=[8], import_no_unit=[11], import_unit_bracket=[3, 4], import_unit_general=[3, 6])

case("a-lead-in-in-running-text-is-text", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.明确分工，负责人：每项任务都要有一名班子成员牵头。各科室照此执行。
2.压实责任。责任单位：各科室要把任务分解到人。完成情况月底通报。
责任单位：办公室
3.报名表写明责任单位：
办公室
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 明确分工，负责人：每项任务都要有一名班子成员牵头。各科室照此执行。
item number="2."
p | 压实责任。责任单位：各科室要把任务分解到人。完成情况月底通报。
responsible label="责任单位：" role="responsible"
unit 办公室
item number="3."
p | 报名表写明责任单位：
p | 办公室
""")

case("text-behind-departments", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.抓好三项工作：
（1）清查档案。 负责科室：档案科
（2）补齐缺页。 负责科室：保管科
2.召开例会。
负责科室：办公室
以上事项按月通报。
二、9月工作计划
1.移交档案。
（1）核对目录；
（2）办理签收。
负责科室：档案科、保管科
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 抓好三项工作：
p | （1）清查档案。 负责科室：档案科
p | （2）补齐缺页。
responsible label="负责科室：" role="responsible"
unit 保管科
item number="2."
p | 召开例会。
p | 负责科室：办公室
p | 以上事项按月通报。
section number="二、"
heading | 9月工作计划
item number="1."
p | 移交档案。
p | （1）核对目录；
p | （2）办理签收。
responsible label="负责科室：" role="responsible"
unit 档案科
text 、
unit 保管科
""", import_unit_text=[4, 7])

case("lead-in-cut-by-a-line-end", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.对照清单逐项销号，建立台账。 负责科
室：办公室
2.完成国库集中支付对账工作任务。 负责科室：
财务科
3.组织全局干部职工开展业务培训。 负责科室：人
事科
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 对照清单逐项销号，建立台账。
responsible label="负责科室：" role="responsible"
unit 办公室
item number="2."
p | 完成国库集中支付对账工作任务。
responsible label="负责科室：" role="responsible"
unit 财务科
item number="3."
p | 组织全局干部职工开展业务培训。
responsible label="负责科室：" role="responsible"
unit 人事科
""")

# ---- numbers ----------------------------------------------------------------

case("numbers-gap-and-repeat", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
2.乙事。
4.丁事。
4.戊事。
6、己事。
7．庚事。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
item number="2."
p | 乙事。
item number="4."
p | 丁事。
item number="4."
p | 戊事。
item number="6、"
p | 己事。
item number="7．"
p | 庚事。
""", import_number_gap=[5, 6, 7], import_not_item=None)

case("numbers-that-are-none", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.2032年度预算获得批复，资金按照第
2.3款的规定及时拨付，同时落实办法第
3.条的要求，做好“5.29”活动，共计
5.29万人次参加，取得了预期成效，1-2
月安排的4.5万元已经全部支付完毕。
2.3家单位完成改制，其中包括本市的第
一、第二粮库。
3.扫尾。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 2032年度预算获得批复，资金按照第2.3款的规定及时拨付，同时落实办法第3.条的要求，做好“5.29”活动，共计5.29万人次参加，取得了预期成效，1-2月安排的4.5万元已经全部支付完毕。
item number="2."
p | 3家单位完成改制，其中包括本市的第一、第二粮库。
item number="3."
p | 扫尾。
""", import_not_item=[4, 5, 6, 9], import_number_gap=None, import_unit_split=[6])

case("headings-three-groups-and-typed-spaces", """2032年8月工作小结和9月工作计划
一、8月工作小结
（一）党的建设
1. 学习。
2. 谈心。
(二)业务工作
3.检查。
二、9月工作计划
（一）、党的建设
1.　换届。
三、10月工作打算
（一）培训两期。
责任单位：人事科
（二）调研一次。
责任单位：研究室
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
section number="（一）"
heading | 党的建设
item number="1. "
p | 学习。
item number="2. "
p | 谈心。
section number="(二)"
heading | 业务工作
item number="3."
p | 检查。
section number="二、"
heading | 9月工作计划
section number="（一）、"
heading | 党的建设
item number="1.　"
p | 换届。
section number="三、"
heading | 10月工作打算
item number="（一）"
p | 培训两期。
responsible label="责任单位：" role="responsible"
unit 人事科
item number="（二）"
p | 调研一次。
responsible label="责任单位：" role="responsible"
unit 研究室
""", import_number_space=[4, 5, 10], import_restart=[10])

case("run-in-heading", """2032年8月工作小结和9月工作计划
一、8月工作小结。本月共办三件事。
1.甲事。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结。
p | 本月共办三件事。
item number="1."
p | 甲事。
""", import_run_in=[2])

# ---- tail -------------------------------------------------------------------

case("tail-with-everything", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
责任单位：甲科
附件：1.任务清单
2.项目名册
示例市档案局　　示例市档案馆
2032年8月31日
（此件公开发布）
抄送：市委办公室，市政府办公室。
存：局档案室。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
responsible label="责任单位：" role="responsible"
unit 甲科
attachments-note label="附件："
attachment-ref number="1." | 任务清单
attachment-ref number="2." | 项目名册
signature
issuing-authority | 示例市档案局
issuing-authority | 示例市档案馆
date when="2032-08-31" | 2032年8月31日
annotation | （此件公开发布）
distribution
to label="抄送：" role="copy" | 市委办公室，市政府办公室。
to label="存：" role="file" | 局档案室。
""")

case("tail-on-one-line", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
示例市档案局   二〇三二年八月三十一日
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
signature
issuing-authority | 示例市档案局
date when="2032-08-31" | 二〇三二年八月三十一日
""")

case("tail-without-date", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
责任单位：甲科
示例市档案局
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
responsible label="责任单位：" role="responsible"
unit 甲科
signature
issuing-authority | 示例市档案局
""", import_undated=[5])

case("tail-with-an-impossible-day", """8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
2032.9.31
""", f"""
record kind="monthly-plan" version="1" lang="zh-Hans"
title | 8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
p | 2032.9.31
""")

case("tail-with-a-day-not-in-the-calendar", """8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
（2032年9月31日）
""", f"""
{RECORD}
title | 8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
signature
date when="2032-09" | （2032年9月31日）
""", import_date=[4])

case("text-behind-distribution", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.甲事。
示例市档案局
2032年8月31日
发：各科室。
（共印20份）
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 甲事。
signature
issuing-authority | 示例市档案局
date when="2032-08-31" | 2032年8月31日
distribution
to label="发：" role="send" | 各科室。 （共印20份）
""", import_trailing=[7])

# ---- content faults ---------------------------------------------------------

case("faults", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.开展“清风行动，发放手册(含光盘）12册,共计847.34.65万元。
2.发布《方案（2032-2033年）》，落实《方案（2032-2033）》，卫生局is系统。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 开展“清风行动，发放手册(含光盘）12册,共计847.34.65万元。
item number="2."
p | 发布《方案（2032-2033年）》，落实《方案（2032-2033）》，卫生局is系统。
""", import_unpaired=[3], import_pair_width=[3], import_half_width=[3], import_number=[3], import_variant=[4],
     import_stray=[4], import_hyphen=[4])

# ---- other kinds ------------------------------------------------------------

case("another-kind-is-refused", """示例市文化馆演出海报
今晚七点，大剧院。
欢迎光临。
""", "import-kind")

case("nothing-but-blanks", " \n\u3000\n\t\n\f\n", "import-empty")

CASES = ALL
