"""Irregular chronicles and news items and what must come of them: own texts, each bent in its own way.

Gives: CASES, a list of (name, text, want, codes).  want: the record as kinds.flat shows it, without the root's line, or the word of the
error; codes: {word: [lines]} that the report must hold, {word: None} that it must not.
"""

ALL = []


def case(name, text, want, **codes):
    ALL.append((name, text, [row.strip() for row in want.strip().split("\n")],
                {k.replace("_", "-"): v for k, v in codes.items()}))


CHRONICLE = 'record kind="chronicle" lang="zh-Hans" version="1" year="2032"'

# ---- chronicle: dates -------------------------------------------------------

case("dates-in-all-forms", """示例市气象局2032年大事记
1月5日，甲。
1月8日上午9时30分，乙。
1月9日（星期五）下午3点半，丙。
1月12日晚7:00，丁。
2月3-4日，戊。
2月10日至3月2日，己。
2月20日—21日上午，庚。
3月8日起，辛。
3月9号，壬。
四月十五日，癸。
4月下旬，子。
同日，丑。
5月6日:寅。
5月7日 卯。
5月8日辰。
2032年6月1日，巳。
""", f"""
{CHRONICLE}
title | 示例市气象局2032年大事记
body
entry from="2032-01-05" label="1月5日，"
p | 甲。
entry from="2032-01-08" hour="09:30" label="1月8日上午9时30分，" part="am"
p | 乙。
entry from="2032-01-09" hour="15:30" label="1月9日（星期五）下午3点半，" part="pm"
p | 丙。
entry from="2032-01-12" hour="19:00" label="1月12日晚7:00，" part="evening"
p | 丁。
entry from="2032-02-03" label="2月3-4日，" to="2032-02-04"
p | 戊。
entry from="2032-02-10" label="2月10日至3月2日，" to="2032-03-02"
p | 己。
entry from="2032-02-20" label="2月20日—21日上午，" to="2032-02-21"
p | 庚。
entry from="2032-03-08" label="3月8日起，" open="yes"
p | 辛。
entry from="2032-03-09" label="3月9号，"
p | 壬。
entry from="2032-04-15" label="四月十五日，"
p | 癸。
entry from="2032-04" label="4月下旬，"
p | 子。
entry from="2032-04" label="同日，"
p | 丑。
entry from="2032-05-06" label="5月6日:"
p | 寅。
entry from="2032-05-07" label="5月7日　"
p | 卯。
entry from="2032-05-08" label="5月8日"
p | 辰。
entry from="2032-06-01" label="2032年6月1日，"
p | 巳。
""", import_year=[2], import_entry_form=[3, 4, 5, 6, 7, 8, 9, 12, 13], import_entry_comma=[14, 15, 16], import_entry_order=None)

case("days-with-blanks-under-months", """示例市图书馆大事记（2032年）
1月
5日  甲。
6日　乙。
9日—12日  丙。
2月
3日，丁。
4日 戊。
""", f"""
{CHRONICLE}
title | 示例市图书馆大事记（2032年）
body
section
heading | 1月
entry from="2032-01-05" label="5日　"
p | 甲。
entry from="2032-01-06" label="6日　"
p | 乙。
entry from="2032-01-09" label="9日—12日　" to="2032-01-12"
p | 丙。
section
heading | 2月
entry from="2032-02-03" label="3日，"
p | 丁。
entry from="2032-02-04" label="4日　"
p | 戊。
""", import_year=[3], import_entry_comma=[3, 4, 5, 8])

case("entries-that-do-not-open-with-their-date", """2032年大事记
6月1日，甲。
今年6月12日是宣传周的第一天。6月8日上午，乙在广场举行。
丙的后续情况另行通报。
6月20日前，丁要完成。
6月18日，戊。
6月15日，己。
""", f"""
{CHRONICLE}
title | 2032年大事记
body
entry from="2032-06-01" label="6月1日，"
p | 甲。
entry dated="text" from="2032-06-08" part="am"
p | 今年6月12日是宣传周的第一天。6月8日上午，乙在广场举行。
p | 丙的后续情况另行通报。
p | 6月20日前，丁要完成。
entry from="2032-06-18" label="6月18日，"
p | 戊。
entry from="2032-06-15" label="6月15日，"
p | 己。
""", import_entry_date=[3], import_entry_undated=[4, 5], import_entry_order=[7])

case("months-with-headings", """示例市统计局
2032年大事记
本大事记由局办公室整理。
一月
5日，甲。
8日下午，乙。
2月份
2月3日，丙。
没有日期的一段。
二、三月
第二季度
4月1日，丁。
""", f"""
{CHRONICLE}
head
issuing-authority | 示例市统计局
title | 2032年大事记
body
p | 本大事记由局办公室整理。
section
heading | 一月
entry from="2032-01-05" label="5日，"
p | 甲。
entry from="2032-01-08" label="8日下午，" part="pm"
p | 乙。
section
heading | 2月份
entry from="2032-02-03" label="2月3日，"
p | 丙。
p | 没有日期的一段。
section
heading | 二、三月
section
heading | 第二季度
entry from="2032-04-01" label="4月1日，"
p | 丁。
""", import_entry_undated=[9])

case("no-year-anywhere", """大事记
1月5日，甲。
2月，乙。
3月30日至4月2日，丙。
""", """
record kind="chronicle" lang="zh-Hans" version="1"
title | 大事记
body
entry from="--01-05" label="1月5日，"
p | 甲。
entry from="--02" label="2月，"
p | 乙。
entry from="--03-30" label="3月30日至4月2日，" to="--04-02"
p | 丙。
""", import_no_year=[2], import_year=None)

case("two-years", """2031—2032年大事记
11月5日，甲。
12月28日至1月3日，乙。
1月9日，丙。
2月1日，丁。
""", """
record kind="chronicle" lang="zh-Hans" version="1" year="2031"
title | 2031—2032年大事记
body
entry from="2031-11-05" label="11月5日，"
p | 甲。
entry from="2031-12-28" label="12月28日至1月3日，" to="2032-01-03"
p | 乙。
entry from="2032-01-09" label="1月9日，"
p | 丙。
entry from="2032-02-01" label="2月1日，"
p | 丁。
""", import_entry_order=None)

case("a-day-that-is-not", """2031年大事记
2月29日，甲。
3月1日，乙。
3月2日，丙。
""", """
record kind="chronicle" lang="zh-Hans" version="1" year="2031"
title | 2031年大事记
body
entry from="2031-02" label="2月29日，"
p | 甲。
entry from="2031-03-01" label="3月1日，"
p | 乙。
entry from="2031-03-02" label="3月2日，"
p | 丙。
""", import_date=[2])

case("numbered-entries", """2032年大事记
1.1月5日，甲。
2.1月9日，乙。
3.2月2日，丙。
""", f"""
{CHRONICLE}
title | 2032年大事记
body
entry from="2032-01-05" label="1.1月5日，"
p | 甲。
entry from="2032-01-09" label="2.1月9日，"
p | 乙。
entry from="2032-02-02" label="3.2月2日，"
p | 丙。
""")

# ---- chronicle: classes and document numbers --------------------------------

case("document-numbers", """2032年大事记
1月5日，示例市人民政府示政干〔2032〕1号决定：甲一任示例市林业局局长。
1月6日，示例市人民政府（示政干（2032）2号）决定：免去乙二的职务。
1月7日，中共示例市委〔示委干(2032)3号〕决定：丙三同志任书记。
1月8日，市教育局印发示教办[2032]第14号文件，公布校历。
1月9日，省林业厅【2032】5号通报，市林业局荣获“绿美乡村”称号。
1月10日，办理（2031）6号提案。
""", f"""
{CHRONICLE}
title | 2032年大事记
body
entry class="appointment" from="2032-01-05" label="1月5日，"
p | 示例市人民政府[document-number authority-code="示政干" serial="1" year="2032"|示政干〔2032〕1号]决定：甲一任示例市林业局局长。
entry class="appointment" from="2032-01-06" label="1月6日，"
p | 示例市人民政府（[document-number authority-code="示政干" serial="2" year="2032"|示政干（2032）2号]）决定：免去乙二的职务。
entry class="appointment" from="2032-01-07" label="1月7日，"
p | 中共示例市委〔[document-number authority-code="示委干" serial="3" year="2032"|示委干(2032)3号]〕决定：丙三同志任书记。
entry from="2032-01-08" label="1月8日，"
p | 市教育局印发[document-number authority-code="示教办" serial="14" year="2032"|示教办[2032]第14号]文件，公布校历。
entry class="award" from="2032-01-09" label="1月9日，"
p | [document-number authority-code="省林业厅" serial="5" year="2032"|省林业厅【2032】5号]通报，市林业局荣获“绿美乡村”称号。
entry from="2032-01-10" label="1月10日，"
p | [document-number authority-code="办理" serial="6" year="2031"|办理（2031）6号]提案。
""", import_docnumber=[2, 3, 4, 5, 6, 7], import_appointment=[2, 3, 4], import_award=[6])

case("document-numbers-of-one-form-are-no-news", """2032年大事记
1月5日，示例市人民政府示政干〔2032〕1号决定：甲一任示例市林业局局长。
1月6日，示例市人民政府（示政干〔2032〕2号）决定：乙二任示例市农业局局长。
1月9日下午，乡村歌手大赛举行，丙三荣获一等奖。
1月10日，全市表彰大会召开，市领导出席。会议由丁四主持。会上戊五被评为先进工作者。
1月11日，局机关聘任中层干部12名。
1月12日，经民主选举，己六同志任商会会长，市工商联同意备案。
""", f"""
{CHRONICLE}
title | 2032年大事记
body
entry class="appointment" from="2032-01-05" label="1月5日，"
p | 示例市人民政府[document-number authority-code="示政干" serial="1" year="2032"|示政干〔2032〕1号]决定：甲一任示例市林业局局长。
entry class="appointment" from="2032-01-06" label="1月6日，"
p | 示例市人民政府（[document-number authority-code="示政干" serial="2" year="2032"|示政干〔2032〕2号]）决定：乙二任示例市农业局局长。
entry from="2032-01-09" label="1月9日下午，" part="pm"
p | 乡村歌手大赛举行，丙三荣获一等奖。
entry from="2032-01-10" label="1月10日，"
p | 全市表彰大会召开，市领导出席。会议由丁四主持。会上戊五被评为先进工作者。
entry from="2032-01-11" label="1月11日，"
p | 局机关聘任中层干部12名。
entry class="appointment" from="2032-01-12" label="1月12日，"
p | 经民主选举，己六同志任商会会长，市工商联同意备案。
""", import_docnumber=None)

# ---- chronicle: titles, tail, marks -----------------------------------------

case("chronicle-without-a-title", """1月5日，甲。
1月6日，乙。
1月7日，丙。
1月8日，丁。
""", """
record kind="chronicle" lang="zh-Hans" version="1"
title source="derived"
body
entry from="--01-05" label="1月5日，"
p | 甲。
entry from="--01-06" label="1月6日，"
p | 乙。
entry from="--01-07" label="1月7日，"
p | 丙。
entry from="--01-08" label="1月8日，"
p | 丁。
""", import_no_title=[1], import_no_year=[1])

case("chronicle-title-twice", """2032年大事记
2032年大事记
1月5日，甲。
1月6日，乙。
1月7日，丙。
""", f"""
{CHRONICLE}
title | 2032年大事记
body
entry from="2032-01-05" label="1月5日，"
p | 甲。
entry from="2032-01-06" label="1月6日，"
p | 乙。
entry from="2032-01-07" label="1月7日，"
p | 丙。
""", import_title_twice=[2], import_titles=None)

case("chronicle-two-titles", """示例市林业局大事记
2032年林业大事记（上半年）
1月5日，甲。
1月6日，乙。
1月7日，丙。
示例市林业局
2032年7月2日
（本刊由局办公室整理）
""", f"""
{CHRONICLE}
title
line | 示例市林业局大事记
line | 2032年林业大事记（上半年）
body
entry from="2032-01-05" label="1月5日，"
p | 甲。
entry from="2032-01-06" label="1月6日，"
p | 乙。
entry from="2032-01-07" label="1月7日，"
p | 丙。
signature
issuing-authority | 示例市林业局
date when="2032-07-02" | 2032年7月2日
annotation | （本刊由局办公室整理）
""", import_titles=[2])

case("windows-line-ends-and-blank-lines", "\ufeff2032年大事记\r\n\r\n1月5日，甲在《山里人家  海上日出》首发式上致辞。\r\n1月6日，“守护绿水\u3000共享青山”活动启动。\r\n\r\n"
     "1月7日，丙 丁到会。\r\n1月8日，戊。\r\n", f"""
{CHRONICLE}
title | 2032年大事记
body
entry from="2032-01-05" label="1月5日，"
p | 甲在《山里人家[br role="slogan"]海上日出》首发式上致辞。
entry from="2032-01-06" label="1月6日，"
p | “守护绿水[br role="slogan"]共享青山”活动启动。
entry from="2032-01-07" label="1月7日，"
p | 丙 丁到会。
entry from="2032-01-08" label="1月8日，"
p | 戊。
""", import_slogan=[3, 4], import_space_typed=[6], import_blank=[6])

case("hard-wrapped-and-dates-inside", """示例市园林绿化中心2032年大事记
　　1月5日，中心召开全年绿化任务部署会，明确新增绿地、行道树更换和古树名木
复壮三项重点。
　　1月20日上午，市长到滨河公园检查节前花卉布置，要求节日花坛在1月25日，也
就是小年之前全部摆放到位。
　　2月8日，中心向沿街单位发放“门前绿化三包”责任书。会后，2月9日，各养护
队上路巡查。
""", f"""
{CHRONICLE}
title | 示例市园林绿化中心2032年大事记
body
entry from="2032-01-05" label="1月5日，"
p | 中心召开全年绿化任务部署会，明确新增绿地、行道树更换和古树名木复壮三项重点。
entry from="2032-01-20" label="1月20日上午，" part="am"
p | 市长到滨河公园检查节前花卉布置，要求节日花坛在1月25日，也就是小年之前全部摆放到位。
entry from="2032-02-08" label="2月8日，"
p | 中心向沿街单位发放“门前绿化三包”责任书。会后，2月9日，各养护队上路巡查。
""")

case("faults-of-words", """2032年大事记
1月5日，示例市城市管理局召开会议，副市长方竹、示例市城市管理局局长到会。
1月6日，副市长方竹、赵一到示例市城市管理局调研。
1月7日，副市长方竹、钱二到示例市城市管理局检查。
1月8日，示例市城市管管理局开展夜查，副市长方筑、孙三参加。
""", f"""
{CHRONICLE}
title | 2032年大事记
body
entry from="2032-01-05" label="1月5日，"
p | 示例市城市管理局召开会议，副市长方竹、示例市城市管理局局长到会。
entry from="2032-01-06" label="1月6日，"
p | 副市长方竹、赵一到示例市城市管理局调研。
entry from="2032-01-07" label="1月7日，"
p | 副市长方竹、钱二到示例市城市管理局检查。
entry from="2032-01-08" label="1月8日，"
p | 示例市城市管管理局开展夜查，副市长方筑、孙三参加。
""", import_doubled=[5], import_spelling=[5])

# ---- news -------------------------------------------------------------------

NEWS = 'record kind="news" lang="zh-Hans" version="1" year="2032"'

case("news-with-everything", """民生实事
示例市召开老旧小区改造推进会
——年内完成68个小区
来源：示例日报　2032年5月9日
本报讯（记者 林知秋）5月8日，全市老旧小区改造推进会在市行政中心召开，副市长沈其琛出席并讲话。
会议指出，要抓好三件事。一是听民意，改什么由居民定。二是保安全，在建工地每周检查一次。三是重管理，改完有人管。
会上有人说“一是缺钱，二是缺人”，沈其琛当场作了回应。
明年工作
明年计划再改造52个小区。
（责任编辑：方竹）
""", f"""
{NEWS}
head
kicker | 民生实事
title | 示例市召开老旧小区改造推进会
subtitle | ——年内完成68个小区
byline | 来源：示例日报　2032年5月9日
body
p | [dateline when="2032-05-08"|本报讯（记者 林知秋）]5月8日，全市老旧小区改造推进会在市行政中心召开，副市长沈其琛出席并讲话。
p | 会议指出，要抓好三件事。[clause marker="一是"|听民意，改什么由居民定。][clause marker="二是"|保安全，在建工地每周检查一次。][clause marker="三是"|重管理，改完有人管。]
p | 会上有人说“一是缺钱，二是缺人”，沈其琛当场作了回应。
section
heading | 明年工作
p | 明年计划再改造52个小区。
annotation | （责任编辑：方竹）
""", import_clauses=[6], import_clause_quoted=[7], import_subhead=[8], import_head=[1], import_titles=None)

case("news-title-missing-and-links", """5月8日,全市森林防火現場會在嵐口縣召開。
副縣長方竹主持會議。
白鷺區開展垃圾分類進校園活動
全市森林防火現場會召開
我市新增“口袋公園”12處!
【圖說】老街  新貌
""", """
record kind="news" lang="zh-Hant" version="1"
title source="derived" value="全市森林防火現場會召開"
body
p | [dateline|5月8日,]全市森林防火現場會在嵐口縣召開。
p | 副縣長方竹主持會議。
related
link | 白鷺區開展垃圾分類進校園活動
link | 全市森林防火現場會召開
link | 我市新增“口袋公園”12處!
link | 【圖說】老街 新貌
""", import_title_derived=[4], import_related=[3], import_no_year=[1], import_entry_comma=[1], import_half_width=[1, 5],
     import_space_typed=[6])

case("news-title-missing-and-no-link-like-it", """2032年3月1日，全市春耕备耕动员会在市行政中心召开，各县区分管负责人参加。
会议强调，要把种子、化肥备足备好。
相关链接：
青禾古镇夜游开放
我市举办青少年机器人邀请赛
""", f"""
{NEWS}
title source="derived"
body
p | [dateline when="2032-03-01"|2032年3月1日，]全市春耕备耕动员会在市行政中心召开，各县区分管负责人参加。
p | 会议强调，要把种子、化肥备足备好。
related label="相关链接："
link | 青禾古镇夜游开放
link | 我市举办青少年机器人邀请赛
""", import_no_title=[1], import_related=None, import_year=None)

case("news-title-twice", """示例市举行消防演练
示例市举行消防演练
示例市网讯 11月9日，示例市消防救援支队在云汀街道举行高层建筑消防演练，两百名居民参加疏散。
""", """
record kind="news" lang="zh-Hans" version="1"
title | 示例市举行消防演练
body
p | [dateline|示例市网讯]11月9日，示例市消防救援支队在云汀街道举行高层建筑消防演练，两百名居民参加疏散。
""", import_title_twice=[2], import_titles=None, import_no_year=[3])

case("typed-blank-behind-the-dateline", """示例市举行消防演练
本报讯（记者方竹） 昨日，云汀街道举行高层建筑消防演练，两百名居民参加疏散。
""", """
record kind="news" lang="zh-Hans" version="1"
title | 示例市举行消防演练
body
p | [dateline|本报讯（记者方竹）] 昨日，云汀街道举行高层建筑消防演练，两百名居民参加疏散。
""", import_space_typed=[2])

case("news-two-titles", """2032年全市林长制工作会议召开
方竹要求压实各级林长责任
3月12日上午，2032年全市林长制工作会议召开，市长方竹出席。
""", f"""
{NEWS}
title | 2032年全市林长制工作会议召开
subtitle | 方竹要求压实各级林长责任
body
p | [dateline when="2032-03-12"|3月12日上午，]2032年全市林长制工作会议召开，市长方竹出席。
""", import_titles=[2], import_year=[3])

case("clauses-over-paragraphs-and-glued", """示例市部署冬春水利建设
11月2日，全市冬春水利建设会议召开，部署四项工作。
一是清淤。主干渠12月底前全部清完。
二是加固。病险水库今冬开工6座三是配套。新建泵站11座。
四是管护。每村有一名管水员。
十一是闭会后的第一个工作日，各县区要报方案。
""", """
record kind="news" lang="zh-Hans" version="1"
title | 示例市部署冬春水利建设
body
p | [dateline|11月2日，]全市冬春水利建设会议召开，部署四项工作。
p | [clause marker="一是"|清淤。主干渠12月底前全部清完。]
p | [clause marker="二是"|加固。病险水库今冬开工6座][clause marker="三是"|配套。新建泵站11座。]
p | [clause marker="四是"|管护。每村有一名管水员。]
p | 十一是闭会后的第一个工作日，各县区要报方案。
""", import_clauses=[3, 4, 5], import_glued=[4])

case("one-clause-alone-is-none", """示例市召开安全例会
6月3日，全市安全例会召开。会议指出，问题一是老问题，二是新表现也要重视，一是一，二是二。
主要原因一是设备老旧。
""", """
record kind="news" lang="zh-Hans" version="1"
title | 示例市召开安全例会
body
p | [dateline|6月3日，]全市安全例会召开。会议指出，问题一是老问题，二是新表现也要重视，一是一，二是二。
p | 主要原因一是设备老旧。
""", import_clauses=None)

case("taiwan-marks", """示例市圖書館十一月辦書展
（中央社記者林知秋示例市2日電）示例市圖書館今天表示，「山海之間」書展十一日開展，歡迎民眾參觀，關于票務請洽服務臺。
""", """
record kind="news" lang="zh-Hant-TW" version="1"
title | 示例市圖書館十一月辦書展
body
p | [dateline|（中央社記者林知秋示例市2日電）]示例市圖書館今天表示，「山海之間」書展十一日開展，歡迎民眾參觀，關于票務請洽服務臺。
""", import_region=[2], import_script=[2])

case("hard-wrapped-news", """　　（記者林知秋）5月8日，2032年全市防汛工作會議在市水務局召開，
　　會議傳達了全省防汛工作電視電話會議精神，安排今年的重點任務，並通報去冬
今春水利工程修復的情況。會議還聽取了三個縣區的發言。
　　副局長嚴冰主持會議，局屬各單位主要負責人和各縣區水務局局長共四十餘人參
加了會議。
""", ["import-kind"][0])

case("figures-of-every-kind", """示例市档案馆大事记
（二〇三一年至二〇三二年）
２０３１年
１月５日，局长方竹到岚口县调研。
一月
二十九日，召开年度会议。
２月３日［星期一］，启用新馆。
2031年12月
31日，封库。
二〇三二年
一月二日，新馆开放。
3月1日至3日、5日，举办培训班。
当月，接收档案3万卷。
下旬，开展检查。
四月上旬，晒书。
""", """
record kind="chronicle" lang="zh-Hans" version="1" year="2031"
title | 示例市档案馆大事记
body
p | （二〇三一年至二〇三二年）
section
heading | ２０３１年
entry from="2031-01-05" label="１月５日，"
p | 局长方竹到岚口县调研。
section
heading | 一月
entry from="2031-01-29" label="二十九日，"
p | 召开年度会议。
entry from="2031-02-03" label="２月３日［星期一］，"
p | 启用新馆。
section
heading | 2031年12月
entry from="2031-12-31" label="31日，"
p | 封库。
section
heading | 二〇三二年
entry from="2032-01-02" label="一月二日，"
p | 新馆开放。
entry from="2032-03-01" label="3月1日至3日、5日，" to="2032-03-05"
p | 举办培训班。
entry from="2032-03" label="当月，"
p | 接收档案3万卷。
entry from="2032-03" label="下旬，"
p | 开展检查。
entry from="2032-04" label="四月上旬，"
p | 晒书。
""", import_entry_undated=None, import_no_year=None, import_entry_order=None)

case("credits-before-links", """示例市举行植树活动
示例市网讯　昨日，全市植树活动在青禾古镇举行，四百人参加。
责任编辑：林知秋
上一篇：全市河长制会议召开
下一篇：岚口县修复古桥
""", """
record kind="news" lang="zh-Hans" version="1"
title | 示例市举行植树活动
body
p | [dateline|示例市网讯] 昨日，全市植树活动在青禾古镇举行，四百人参加。
p | 责任编辑：林知秋
related
link | 上一篇：全市河长制会议召开
link | 下一篇：岚口县修复古桥
""", import_related=[4])

CASES = ALL
