"""Irregular work summaries and notices and what must come of them: own texts, each bent in its own way.

Gives: CASES, a list of (name, text, want, codes).  want: the record as flat() shows it, without the root's line; codes: {word: [lines]}
that the report must hold, {word: None} that it must not.
"""
import re

from kinds import attributes

CASES = []
INLINE = {"unit", "person", "leader", "step", "clause", "br", "document-number", "heading"}


def case(name, text, want, **codes):
    CASES.append((name, text, [row.strip() for row in want.strip().split("\n")], {k.replace("_", "-"): v for k, v in codes.items()}))


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def words(e):
    out = e.text or ""
    for kid in e:
        inner = words(kid)
        out += f"[{kid.tag}{attributes(kid)}{' ' if inner else ''}{inner}]" + (kid.tail or "")
    return out


def runs_in(e):
    """Holds words, or nothing but inlines."""
    return (e.text or "").strip() or any((k.tail or "").strip() for k in e) or e.tag in ("p", "title", "recipients", "breadcrumb", "assignment", "for-all")


def flat(e):
    """An element a line; `.` closes one that holds others."""
    line = e.tag + attributes(e)
    if e.tag == "record":
        return [e.get("kind")] + [row for k in e for row in flat(k)]
    if runs_in(e) or not len(e):
        text = squeeze(words(e))
        return [f"{line} | {text}" if text else line]
    return [line] + [row for k in e for row in flat(k)] + ["."]


# ---- work summaries ----

case("facts-in-any-order-and-brackets", """【发布机构】示例县林业局　　【索 引 号】：LY-2031-7
公开方式: 依申请公开 信息有效性： 有效性 有效
2031-12-05 来源：办公室 阅读：37次
示例县林业局2031年工作总结

一、主要做法
植树造林。
二、下步打算
继续植树。
""", """
work-summary
metadata
publisher label="【发布机构】" | 示例县林业局
identifier label="【索 引 号】：" type="index" | LY-2031-7
disclosure label="公开方式:" | 依申请公开 信息有效性：
property label="有效性" | 有效
date type="published" when="2031-12-05" | 2031-12-05
source label="来源：" | 办公室
page-widget label="阅读：" | 37次
.
title | 示例县林业局2031年工作总结
body
section number="一、"
heading | 主要做法
p | 植树造林。
.
section number="二、"
heading | 下步打算
p | 继续植树。
.
.
""", import_no_title=None)

case("facts-as-cells-one-a-line", """索引号
SL-2031-002
发布日期
2031年3月4日
2031年水务工作思路
示例县水务局
坚持节水优先。
""", """
work-summary
metadata
identifier label="索引号" type="index" | SL-2031-002
date label="发布日期" type="published" when="2031-03-04" | 2031年3月4日
.
title | 2031年水务工作思路
imprint
issuing-authority | 示例县水务局
.
body
p | 坚持节水优先。
.
""", import_no_title=None)

case("page-title-differs", """您的位置：首页 >> 总结
索引号：A-1
示例区民政局上半年总结
字号：大 中 小
示例区民政局二〇三一年上半年工作总结和下半年工作打算
（二〇三一年七月）
上半年，我局做了以下工作。
""", """
work-summary
metadata
breadcrumb label="您的位置：" | [step 首页]> > [step 总结]
identifier label="索引号：" type="index" | A-1
page-title | 示例区民政局上半年总结
page-widget label="字号：" | 大 中 小
.
title | 示例区民政局二〇三一年上半年工作总结和下半年工作打算
imprint
date when="2031-07" | （二〇三一年七月）
.
body
p | 上半年，我局做了以下工作。
.
""", import_titles=[3], import_title_twice=None)

case("no-title-levels-by-other-marks", """示例镇人民政府

今年以来，全镇经济运行平稳，各项工作取得新进展。
（一）2031年工作回顾
1、工业产值增长5.2%。2、农业增产。
2、招商引资到位资金3亿元。
（二）存在问题。财力薄弱。
（三）2032年工作打算
抓好落实。
""", """
work-summary
title source="derived"
imprint
issuing-authority | 示例镇人民政府
.
body
p | 今年以来，全镇经济运行平稳，各项工作取得新进展。
section number="（一）"
heading | 2031年工作回顾
item number="1、"
heading | 工业产值增长5.2%。
p | 2、农业增产。
.
item number="2、"
p | 招商引资到位资金3亿元。
.
.
section number="（二）"
heading run-in="yes" | 存在问题。
p | 财力薄弱。
.
section number="（三）"
heading | 2032年工作打算
p | 抓好落实。
.
.
""", import_no_title=[1])

case("title-below-speaker-and-subtitle", """2031年工作总结
——在全县工作会议上
局长 沈若溪
（2031年12月28日）
各位代表、同志们：
现在，我报告工作。
一、工作回顾
一是抓项目。完成投资3亿元。二是抓民生。新建学校2所。
“一是一、二是二”的作风不能丢。
谢谢大家！
""", """
work-summary
title | 2031年工作总结
subtitle | ——在全县工作会议上
imprint
person | 局长 沈若溪
date when="2031-12-28" | （2031年12月28日）
.
recipients | [unit 各位代表]、[unit 同志们]：
body
p | 现在，我报告工作。
section number="一、"
heading | 工作回顾
p | [clause marker="一是" [heading 抓项目。]完成投资3亿元。][clause marker="二是" [heading 抓民生。]新建学校2所。]
p | “一是一、二是二”的作风不能丢。
p | 谢谢大家！
.
.
""", import_below_title=[3])

case("metadata-below-the-title-and-at-the-end", """示例市气象局2031年工作总结
发布时间：2032-01-05 10:20 来源：示例市气象局 浏览量：
2031年，全市气象工作平稳有序。
示例市气象局
2031年12月31日
责任编辑：方某 【打印本页】【关闭窗口】
""", """
work-summary
title | 示例市气象局2031年工作总结
metadata
date label="发布时间：" type="published" when="2032-01-05" | 2032-01-05 10:20
source label="来源：" | 示例市气象局
page-widget label="浏览量："
.
body
p | 2031年，全市气象工作平稳有序。
.
signature
issuing-authority | 示例市气象局
date when="2031-12-31" | 2031年12月31日
.
metadata
author label="责任编辑：" | 方某
page-widget label="【打印本页】"
page-widget label="【关闭窗口】"
.
""")

# ---- notices ----

case("plain-notice-date-in-han-digits", """示例县教育局关于放假的通知
各中学、各小学：
现将放假事项通知如下：
一、时间。5月1日至5日。
二、要求。注意安全。
特此通知。
                    示例县教育局
                二〇三一年四月二十日
""", """
notice
title | 示例县教育局关于放假的通知
recipients | [unit 各中学]、[unit 各小学]：
body
p | 现将放假事项通知如下：
section number="一、"
heading run-in="yes" | 时间。
p | 5月1日至5日。
.
section number="二、"
heading run-in="yes" | 要求。
p | 注意安全。
.
p | 特此通知。
.
signature
issuing-authority | 示例县教育局
date when="2031-04-20" | 二〇三一年四月二十日
.
""", import_pushed=[7, 8])

case("no-title-several-issuers-in-lines", """各镇人民政府、街道办事处：
请认真贯彻执行下列要求，并于5月底前报送情况。
示例县民政局
示例县财政局
2031年4月2日
（此件公开发布）
""", """
notice
title source="derived"
recipients | [unit 各镇人民政府]、[unit 街道办事处]：
body
p | 请认真贯彻执行下列要求，并于5月底前报送情况。
.
signature
issuing-authority | 示例县民政局
issuing-authority | 示例县财政局
date when="2031-04-02" | 2031年4月2日
.
annotation | （此件公开发布）
""", import_no_title=[1])

case("two-titles-and-issued-text-with-levels", """示例县人民政府办公室文件
示政办（2031）5号
示例县人民政府办公室
关于印发示例县垃圾分类办法的通知
各镇：
现印发给你们。
2031年6月1日
示例县垃圾分类办法
（2031年5月20日）
1．总则。为做好分类工作，制定本办法。
2．分类。分为四类：
（1）可回收物；
（2）有害垃圾。
3．附则。本办法自发布之日起施行。
示例县人民政府办公室　2031年6月2日印发
""", """
notice
head
red-head | 示例县人民政府办公室文件
document-number | 示政办（2031）5号
issuing-authority | 示例县人民政府办公室
.
title | 关于印发示例县垃圾分类办法的通知
recipients | [unit 各镇]：
body
p | 现印发给你们。
.
signature
date when="2031-06-01" | 2031年6月1日
.
issued
title | 示例县垃圾分类办法
imprint
date when="2031-05-20" | （2031年5月20日）
.
body
item number="1．"
heading | 总则。
p | 为做好分类工作，制定本办法。
.
item number="2．"
heading | 分类。
p | 分为四类：
item number="（1）"
p | 可回收物；
.
item number="（2）"
p | 有害垃圾。
.
.
item number="3．"
heading | 附则。
p | 本办法自发布之日起施行。
.
.
.
distribution
print-office | 示例县人民政府办公室
print-date when="2031-06-02" | 2031年6月2日印发
.
""", import_issued=[8])

case("table-whose-last-row-ends-with-an-authority", """关于分解任务的通知
各科室：
现将任务分解如下。
示例局
2031年3月1日
附件
任务分解表
序号	工作任务	责任单位	责任人	完成时限
1	抓好甲项工作。	县住建局	陆清	6月底
2	抓好乙项工作。	县市场监管局
""", """
notice
title | 关于分解任务的通知
recipients | [unit 各科室]：
body
p | 现将任务分解如下。
.
signature
issuing-authority | 示例局
date when="2031-03-01" | 2031年3月1日
.
attachment
attachment-label | 附件
title | 任务分解表
body
tasks
columns
number | 序号
task | 工作任务
unit | 责任单位
person | 责任人
due | 完成时限
.
task number="1"
p | 抓好甲项工作。
assignment | [unit 县住建局][person 陆清]
due | 6月底
.
task number="2"
p | 抓好乙项工作。
assignment | [unit 县市场监管局]
.
.
.
.
""", import_row_cells=[10], import_cell_empty=[10])

case("table-with-odd-rows-and-other-spaces", """关于分解任务的通知
各科室：
现将任务分解如下。
示例局
2031年3月1日
附件1：任务分解表
序号	工作任务	责任科室	责任人	分管领导	完成时限
1	抓好甲项工作。	综合科	朱　东	陆知行	6月底
2	抓好乙项工作。	综合科	江  源
3	抓好丙项工作。	业务科	方 毅	陆知行	9月底	多余一格
附件2 名单
甲、乙、丙。
""", """
notice
title | 关于分解任务的通知
recipients | [unit 各科室]：
body
p | 现将任务分解如下。
.
signature
issuing-authority | 示例局
date when="2031-03-01" | 2031年3月1日
.
attachment
attachment-label | 附件1：
title | 任务分解表
body
tasks
columns
number | 序号
task | 工作任务
unit | 责任科室
person | 责任人
leader | 分管领导
due | 完成时限
.
task number="1"
p | 抓好甲项工作。
assignment | [unit 综合科][person 朱东][leader 陆知行]
due | 6月底
.
task number="2"
p | 抓好乙项工作。
assignment | [unit 综合科][person 江源]
.
task number="3"
p | 抓好丙项工作。
assignment | [unit 业务科][person 方毅][leader 陆知行]
due | 9月底 多余一格
.
.
.
.
attachment
attachment-label | 附件2
title | 名单
body
p | 甲、乙、丙。
.
.
""", import_name=[8, 9, 10], import_row_cells=[9, 10], import_cell_empty=[9])

case("note-behind-several-names-and-label-alone", """关于举办培训班的通知
各单位：
请按时参加。
附件：1.报名表
2.日程安排
3.须知
示例局人事科
2031.5.6
附件1
报名表
姓名、单位、电话。
附件2
日程安排
第一天报到。
附件3
其他事项
自带餐具。
""", """
notice
title | 关于举办培训班的通知
recipients | [unit 各单位]：
body
p | 请按时参加。
.
attachments-note label="附件："
attachment-ref number="1." | 报名表
attachment-ref number="2." | 日程安排
attachment-ref number="3." | 须知
.
signature
issuing-authority | 示例局人事科
date when="2031-05-06" | 2031.5.6
.
attachment
attachment-label | 附件1
title | 报名表
body
p | 姓名、单位、电话。
.
.
attachment
attachment-label | 附件2
title | 日程安排
body
p | 第一天报到。
.
.
attachment
attachment-label | 附件3
title | 其他事项
body
p | 自带餐具。
.
.
""", import_title_note=[10, 13], import_title_other=[16])

case("note-with-numbers-before-colons", """关于印发示例工作方案的
通知
示环发[2032]第8号
各分局:
现予印发，请遵照执行。
附件 1：示例工作方案
     2：重点任务清单
示例市生态环境局
2032年3月8日
附件1：
示例工作方案
为做好工作，制定本方案。
附件2：
重点任务清单
削减排放。
""", """
notice
title | 关于印发示例工作方案的通知
imprint
document-number | 示环发[2032]第8号
.
recipients | [unit 各分局]:
body
p | 现予印发，请遵照执行。
.
attachments-note label="附件1："
attachment-ref | 示例工作方案
attachment-ref | 2：重点任务清单
.
signature
issuing-authority | 示例市生态环境局
date when="2032-03-08" | 2032年3月8日
.
attachment
attachment-label | 附件1：
title | 示例工作方案
body
p | 为做好工作，制定本方案。
.
.
attachment
attachment-label | 附件2：
title | 重点任务清单
body
p | 削减排放。
.
.
""")
