"""Irregular monthly plans: lines that are joined, spaces, rare characters. A part of irregular.py."""

from irregular_form import RECORD, case

# ---- joining ----------------------------------------------------------------

case("wrapped-by-hand-with-indents", """　　　　示例市交通运输局
　2032年8月工作小结和9月工作计划
　　8月，全局上下围绕中心、服务大局，较
好完成了各项任务。
　　9月将继续努力。现将情况通报如下：
　　一、8月工作小结
　　1.完成国道改线工程可行性研究，更换IC
卡五百张，按照国际标准要求换发新版ISO
9001证书副本，全年共计办结来信来访12
345件，其中网上办结率比去年提高至98.5
%。
　　该项工作受到好评。
　　责任单位：建设科
　　2.开展客运站安全检查，发现了隐患（含消
）5处，已全部整改到位并且形成闭环管理。
责任单位：运管科
""", f"""
{RECORD}
head
issuing-authority | 示例市交通运输局
title | 2032年8月工作小结和9月工作计划
body
p | 8月，全局上下围绕中心、服务大局，较好完成了各项任务。
p | 9月将继续努力。现将情况通报如下：
section number="一、"
heading | 8月工作小结
item number="1."
p | 完成国道改线工程可行性研究，更换IC卡五百张，按照国际标准要求换发新版ISO 9001证书副本，全年共计办结来信来访12345件，其中网上办结率比去年提高至98.5%。
p | 该项工作受到好评。
responsible label="责任单位：" role="responsible"
unit 建设科
item number="2."
p | 开展客运站安全检查，发现了隐患（含消）5处，已全部整改到位并且形成闭环管理。
responsible label="责任单位：" role="responsible"
unit 运管科
""", import_number_split=[9], import_line_end=None)

case("full-line-that-ends-a-sentence", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.完成全市农村公路养护年度检查考核。建
立长效机制，确保养护资金及时足额到位。
印发办法。
2.甲。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 完成全市农村公路养护年度检查考核。建立长效机制，确保养护资金及时足额到位。印发办法。
item number="2."
p | 甲。
""", import_line_end=[4])

case("blank-lines-between-paragraphs", """2032年8月工作小结和9月工作计划

一、8月工作小结

1.完成全市农村公路养护年度检查考核，建
立长效机制，确保养护资金及时足额到位。

各县同步推进。

2.甲。

""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 完成全市农村公路养护年度检查考核，建立长效机制，确保养护资金及时足额到位。
p | 各县同步推进。
item number="2."
p | 甲。
""", import_line_end=None)

case("short-line-without-full-stop", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.完成全市农村公路养护年度检查考核，建
立长效机制，确保养护资金及时足额到位。
2.抓好党建工作
坚持每月学习一次，开展主题党日活动并形
成记录。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 完成全市农村公路养护年度检查考核，建立长效机制，确保养护资金及时足额到位。
item number="2."
p | 抓好党建工作
p | 坚持每月学习一次，开展主题党日活动并形成记录。
""", import_line_short=[5])

# ---- spaces and characters --------------------------------------------------

case("spaces", """2032 年8月工作小结和 9 月工作计划
一、8月工作小结
1.开展 “清风” 行动，发放 《手册》 12 册，IT 系统 A 级，约 5 %。
2.完 成全 市年度 目标 责任 制考核。
3.王 五同志获奖，New  York 代表团来访，H7N9 疫苗到货。
4.主题为“守正  创新”，分　工明确。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 开展 “清风” 行动，发放 《手册》 12册，IT系统A级，约5 %。
item number="2."
p | 完成全市年度目标责任制考核。
item number="3."
p | 王 五同志获奖，New York代表团来访，H7N9疫苗到货。
item number="4."
p | 主题为“守正 创新”，分　工明确。
""", import_space=[4], import_space_typed=[3, 5, 6], import_autospace=[1, 3, 5], import_number=[3])

case("invisible-characters", "\ufeff2032年8月\u200b工作小结和9月工作计划\r\n一、8月工作小结\r\n1.修\u00ad订\x07预案。\r\n",
     f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 修订预案。
""", import_control=[1, 3])

case("page-numbers-and-form-feeds", """示例市科学技术局
2032年8月工作小结和9月工作计划
一、8月工作小结
1.举办科技活动周，发放资料三千余份，组织

- 1 -
\f专家下乡服务。
2.评审项目。
第 2 页 共 3 页
\f责任单位：计划科、
成果科
—3—
""", f"""
{RECORD}
head
issuing-authority | 示例市科学技术局
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 举办科技活动周，发放资料三千余份，组织专家下乡服务。
item number="2."
p | 评审项目。
responsible label="责任单位：" role="responsible"
unit 计划科
text 、
unit 成果科
""", import_page_number=[6, 9, 12], import_page=[7, 10], import_unit_page=[10])

case("gaps-and-missing-gaps", """2032 年 8 月工作小结和 9 月工作计划
一、8 月工作小结
1.发放手册 12 册、海报 3张。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 发放手册12册、海报3张。
""", import_no_gap=[3], import_autospace=[1, 2, 3])

case("characters-fonts-may-lack", """2032年8月工作小结和9月工作计划
一、8月工作小结
1.慰问\ue123某、𠮷某、\ufa11某。
""", f"""
{RECORD}
title | 2032年8月工作小结和9月工作计划
body
section number="一、"
heading | 8月工作小结
item number="1."
p | 慰问\ue123某、𠮷某、\ufa11某。
""", import_private=[3], import_rare=[3])
