"""Responsibility tables as an importer meets them: drafts of a record in many forms, irregular ones, and what must come of them.

Gives: VARIANTS, functions from a record to bytes; flat(record) and expected(record), the record as lines to compare; CASES, a list
of (name, bytes, arguments, lines, codes): lines as flat() shows them, or the word of the error; codes {word: [lines]} or None."""
import csv
import io
import xml.etree.ElementTree as ET

NAMES = ("lead-unit", "unit", "cooperating-unit", "person", "leader")
WORDS = ("goal", "measure", "due", "progress", "note")


def words(e):
    return "" if e is None else "".join("".join(e.itertext()).split("\n")).strip() if not list(e) else \
        "".join(t.strip("\n ") if "\n" in t else t for t in e.itertext())


def paragraphs(e):
    return [] if e is None else [words(p) for p in e.findall("p")] or [words(e)]


def names(who, role):
    """Lines of names: a line is what a mark such as 、 holds together, as [(tag, text)] with marks as ("", text)."""
    lines, joined = [], False
    for e in who:
        if e.tag == role:
            if not joined:
                lines.append([])
            lines[-1].append((role, words(e)))
        mark = (e.tail or "").strip()
        joined = e.tag == role and bool(mark)
        if joined:
            lines[-1].append(("", mark))
    return lines


# ---- a record as rows of cells ------------------------------------------------

def cell(task, column, extras):
    """Lines of text of one cell."""
    if column == "number":
        return [task.get("number", "")]
    if column == "task":
        return [words(p) for p in task.findall("p")]
    if column in NAMES:
        return ["".join(text for _, text in line) for who in task if who.tag in ("assignment", "for-all")
                for line in names(who, column)]
    if column == "extra":
        return paragraphs(extras.pop(0))
    return paragraphs(task.find(column))


def tabulate(root, again=False):
    """Text above the table, rows of cells, text below it; again: the theme stands in each of its rows."""
    tasks, title = root.find("body/tasks"), root.find("title")
    columns = [c.tag for c in tasks.find("columns")]
    above = [words(e) for e in root.findall("head/*")] + ["".join(words(k) for k in title) or words(title)]
    above += [words(e) for e in root.findall("body/as-of")] + [words(e) for e in root.findall("body/p")]
    rows = [[[words(c)] for c in tasks.find("columns")]]
    for part in list(tasks)[1:]:
        if part.tag == "total":
            rows.append([[part.get("label")], [words(part)]])
            continue
        theme = part.get("number", "") + words(part.find("name")) if part.tag == "theme" else ""
        if theme and "theme" not in columns:
            rows.append([[theme]])
        for n, task in enumerate(part.findall("task") if part.tag == "theme" else [part]):
            extras = task.findall("extra")
            rows.append([[theme if n == 0 or again else ""] if c == "theme" else cell(task, c, extras) for c in columns])
    notes = root.find("body/notes")
    below = [] if notes is None else [(notes.get("label", "") if n == 0 else "") + e.get("number", "") + words(e)
                                      for n, e in enumerate(notes)]
    return above, rows, below + [words(e) for e in root.findall("signature/*")]


def delimited(root, delimiter="\t", end="\n", quoting=csv.QUOTE_MINIMAL, pad=True, bom="", change=None, again=False, header=0):
    above, rows, below = tabulate(root, again)
    width = len(rows[0])
    rows = [rows[0]] + [row for n, r in enumerate(rows[1:]) for row in ([rows[0]] if header and n and n % header == 0 else []) + [r]]
    rows = [["\n".join(lines) for lines in row] for row in rows]
    rows = [[line] for line in above] + (change(rows) if change else rows) + [[line] for line in below]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([row + [""] * (width - len(row) if pad else 0) for row in rows])
    return (bom + out.getvalue()).encode()


def spread(rows):
    """Names of two characters, and headers, pulled apart as people do."""
    gaps = ["  ", "　", "\u00a0\u00a0", "   "]
    people = [n for n, label in enumerate(rows[0]) if label in ("责任人", "牵头领导")]
    out = []
    for n, row in enumerate(rows):
        out.append(["\n".join(gaps[n % 4].join(line) if len(line) == 2 and (n == 0 or k in people or line == "合计") else line
                              for line in c.split("\n")) for k, c in enumerate(row)])
    return out


def trimmed(root):
    """Without TABs at the ends of lines, as editors leave a text."""
    text = delimited(root, pad=False).decode()
    return "\n".join(line.rstrip("\t") for line in text.split("\n")).encode()


def word(root):
    """Pasted from a word processor: line ends inside cells, unquoted."""
    above, rows, below = tabulate(root)
    return "\n".join(above + ["\t".join("\n".join(c) for c in row) for row in rows] + below).encode() + b"\n"


def web(root, blank="\n\n", merged=False):
    above, rows, below = tabulate(root)
    if merged:
        rows[0] = [c for c in rows[0] if c != [""]]
    out = [" \t"] * merged + above + [""] + ["\t" + blank.join(c) + "\n" for row in rows for c in row]
    return "\n".join(out + below).encode() + b"\n "


VARIANTS = {
    "tabs": delimited,
    "tabs-windows": lambda r: delimited(r, end="\r\n", bom="\ufeff"),
    "tabs-trimmed": trimmed,
    "tabs-spread": lambda r: delimited(r, change=spread),
    "tabs-header-again": lambda r: delimited(r, header=9),
    "tabs-themes-again": lambda r: delimited(r, again=True),
    "csv": lambda r: delimited(r, ","),
    "csv-excel": lambda r: delimited(r, ",", end="\r\n", bom="\ufeff"),
    "csv-quoted": lambda r: delimited(r, ",", quoting=csv.QUOTE_ALL),
    "csv-semicolon": lambda r: delimited(r, ";", end="\r\n"),
    "csv-unpadded": lambda r: delimited(r, ",", pad=False),
    "web": web,
    "web-merged": lambda r: web(r, merged=True),
    "web-solid": lambda r: web(r, blank="\n", merged=True),
    "word": word,
}


# ---- records as lines ---------------------------------------------------------

def told(lines):
    return " ".join(f"{tag}={text}" if tag else text for line in lines for tag, text in line)


def assignments(task):
    """As the record has them."""
    for who in task:
        if who.tag in ("assignment", "for-all"):
            yield f"{who.tag} " + " ".join(filter(None, (told(names(who, role)) for role in NAMES)))


def assignments_of_text(task):
    """What the lines of the cells say: paired where several columns have as many and the others one."""
    columns = {role: [line for who in task if who.tag in ("assignment", "for-all") for line in names(who, role)] for role in NAMES}
    columns = {role: lines for role, lines in columns.items() if lines}
    most = max(map(len, columns.values()), default=0)
    full = [role for role in columns if len(columns[role]) == most]
    single = [role for role in columns if len(columns[role]) == 1]
    if most < 2 or len(full) < 2 or len(full) + len(single) < len(columns):
        if columns:
            yield "assignment " + " ".join(told(columns[role]) for role in columns)
        return
    for n in range(most):
        yield "assignment " + " ".join(told([columns[role][n]]) for role in full)
    if single:
        yield "for-all " + " ".join(told(columns[role]) for role in single)


def flat(root, say=assignments):
    if isinstance(root, bytes):
        root = ET.fromstring(root)
    tasks, title = root.find("body/tasks"), root.find("title")
    out = [f"{e.tag} | {words(e)}" for e in root.findall("head/*")]
    out.append("title | " + ("".join(words(k) for k in title.findall("line")) or words(title)))
    out += [f"{e.tag} | {words(e)}" for e in root.find("body") if e.tag in ("as-of", "p")]
    out.append("columns | " + " ".join(c.tag + ("=" + words(c) if words(c) else "") for c in tasks.find("columns")))
    for part in list(tasks)[1:]:
        if part.tag == "total":
            out.append(f"total {part.get('label')} | {words(part)}")
        if part.tag == "theme":
            out.append(f"theme {part.get('number', '')}| {words(part.find('name'))}")
        for task in part.findall("task") if part.tag == "theme" else [part] if part.tag == "task" else []:
            out.append(f"{task.get('number', '')} | " + " / ".join(words(p) for p in task.findall("p")))
            out += ["- " + line for line in say(task)]
            out += [f"- {w} {' / '.join(paragraphs(task.find(w)))}" for w in WORDS if task.find(w) is not None]
            out += [f"- extra {' / '.join(paragraphs(e))}" for e in task.findall("extra")]
    for notes in root.findall("body/notes"):
        out += [f"note {notes.get('label', '') if n == 0 else ''}{e.get('number', '')}| {words(e)}" for n, e in enumerate(notes)]
    return out + [f"{e.tag} | {words(e)}" for e in root.findall("signature/*")]


def expected(root):
    return flat(root, assignments_of_text)


# ---- irregular tables ---------------------------------------------------------

CASES = []


def case(name, text, want, *args, **codes):
    CASES.append((name, text if isinstance(text, bytes) else text.encode(), args,
                  [row.strip() for row in want.strip().split("\n")], {k.replace("_", "-"): v for k, v in codes.items()}))


HEAD = "序号\t具体任务\t责任处室\t责任人\t牵头领导\t完成时限"
COLUMNS = "columns | number=序号 task=具体任务 unit=责任处室 person=责任人 leader=牵头领导 due=完成时限"

case("row-short-known-leader", f"""示例市气象局2033年重点任务分解表
{HEAD}
1\t开展人工影响天气作业。\t减灾处\t杜小满\t4月底
2\t新建区域自动站12个。\t观测处\t古月明\t杜小满\t9月底
3\t修订应急预案。\t减灾处\t成林枫\t杜小满\t5月底
""", f"""
title | 示例市气象局2033年重点任务分解表
{COLUMNS}
1 | 开展人工影响天气作业。
- assignment unit=减灾处 leader=杜小满
- due 4月底
2 | 新建区域自动站12个。
- assignment unit=观测处 person=古月明 leader=杜小满
- due 9月底
3 | 修订应急预案。
- assignment unit=减灾处 person=成林枫 leader=杜小满
- due 5月底
""", import_row_cells=[3], import_cell_empty=[3])

case("row-short-nothing-known", f"""示例市气象局2033年重点任务分解表
{HEAD}
1\t开展人工影响天气作业。\t减灾处\t杜小满
2\t新建区域自动站12个。\t观测处\t古月明\t费思远\t9月底
""", f"""
title | 示例市气象局2033年重点任务分解表
{COLUMNS}
1 | 开展人工影响天气作业。
- assignment unit=减灾处 person=杜小满
2 | 新建区域自动站12个。
- assignment unit=观测处 person=古月明 leader=费思远
- due 9月底
""", import_row_cells=[3], import_cell_empty=[3])

case("csv-comma-in-a-text", """示例县年度任务分工表,,,
序号,工作任务,责任单位,完成时限
1,加强培训,提高服务意识。,县档案馆,6月底
2,编印年鉴（县卷）。,县档案馆,9月底
3,征集口述史料,整理,出版。,县政协,12月底
""", """
title | 示例县年度任务分工表
columns | number=序号 task=工作任务 unit=责任单位 due=完成时限
1 | 加强培训,提高服务意识。
- assignment unit=县档案馆
- due 6月底
2 | 编印年鉴（县卷）。
- assignment unit=县档案馆
- due 9月底
3 | 征集口述史料,整理,出版。
- assignment unit=县政协
- due 12月底
""", import_row_cells=[3, 5], import_csv=[1], import_half_width=[3, 5])

case("csv-quotes-and-lines", b"\xef\xbb\xbf" + """示例县年度任务分工表;;;
序号;工作任务;责任单位;"完成
时限"
1;"落实""一户一策""；
逐户建立台账;定期回访";"县民政局
县乡村振兴局";全年
2; "修缮危房12户" ;县住建局;"9月底"
""".replace("\n", "\r\n").encode(), """
title | 示例县年度任务分工表
columns | number=序号 task=工作任务 unit=责任单位 due=完成时限
1 | 落实"一户一策"； / 逐户建立台账;定期回访
- assignment unit=县民政局 unit=县乡村振兴局
- due 全年
2 | 修缮危房12户
- assignment unit=县住建局
- due 9月底
""", import_csv=[1], import_cell_break=[2], import_cell_lines=[4], import_row_cells=None)

case("quotes-that-quote-nothing", f"""示例市气象局2033年重点任务分解表
{HEAD}
1\t"三个提升"活动。\t减灾处\t杜小满\t费思远\t4月底
2\t"两早一快"机制\t观测处\t古月明\t费思远\t"适时"
""", f"""
title | 示例市气象局2033年重点任务分解表
{COLUMNS}
1 | "三个提升"活动。
- assignment unit=减灾处 person=杜小满 leader=费思远
- due 4月底
2 | "两早一快"机制
- assignment unit=观测处 person=古月明 leader=费思远
- due 适时
""", import_csv=[1], import_row_cells=None)

case("themes-begin-late", """示例局任务表
序号\t类别\t任务内容\t责任科室\t完成时限
1\t\t做好日常值班。\t办公室\t全年
2\t安全\t组织消防演练。\t办公室\t5月底
3\t\t更换灭火器40具。\t办公室\t6月底
4\t服\u3000务\t设置便民窗口。\t业务科\t3月底
5\t服\u3000务\t开通预约热线。\t业务科\t4月底
""", """
title | 示例局任务表
columns | number=序号 theme=类别 task=任务内容 unit=责任科室 due=完成时限
1 | 做好日常值班。
- assignment unit=办公室
- due 全年
theme | 安全
2 | 组织消防演练。
- assignment unit=办公室
- due 5月底
3 | 更换灭火器40具。
- assignment unit=办公室
- due 6月底
theme | 服务
4 | 设置便民窗口。
- assignment unit=业务科
- due 3月底
5 | 开通预约热线。
- assignment unit=业务科
- due 4月底
""", import_theme_empty=[5], import_repeat=[7], import_space=[6], import_column_theme=None)

case("no-header", """示例市重点任务表
1\t普查古树名木并逐株挂牌。\t绿化处\t柏森\t葛洪川\t10月底
2\t新增口袋公园6处。\t规划处\t乐天\t葛洪川\t12月底
3\t修订养护标准。\t绿化处\t柏森\t葛洪川\t5月底
""", """
title | 示例市重点任务表
columns | number task unit person leader due
1 | 普查古树名木并逐株挂牌。
- assignment unit=绿化处 person=柏森 leader=葛洪川
- due 10月底
2 | 新增口袋公园6处。
- assignment unit=规划处 person=乐天 leader=葛洪川
- due 12月底
3 | 修订养护标准。
- assignment unit=绿化处 person=柏森 leader=葛洪川
- due 5月底
""", "--kind", "responsibility-table", import_no_header=[2])

case("no-header-no-kind", "示例市重点任务表\n1\t普查古树名木。\t绿化处\t10月底\n2\t新增公园。\t规划处\t12月底\n", "import-kind")
case("no-table", "示例市重点任务表\n普查古树名木。\n", "import-kind", "--kind", "responsibility-table")

case("theme-rows", """示例区专项整治责任清单,,,,
序号,整治事项,牵头部门,配合部门,备注
一、道路交通（2项）,,,,
1,排查桥梁护栏,区交通局,区公安分局、区住建局,
2,整治占道经营,区城管局,各街道,长期
二、建筑施工（1项）,,,,
3,"检查塔吊
、脚手架",区住建局,,已启动
合　计,3项,,,
说明：1.清单动态调整。,,,,
2.每季度通报。,,,,
""", """
title | 示例区专项整治责任清单
columns | number=序号 task=整治事项 lead-unit=牵头部门 cooperating-unit=配合部门 note=备注
theme 一、| 道路交通（2项）
1 | 排查桥梁护栏
- assignment lead-unit=区交通局 cooperating-unit=区公安分局 、 cooperating-unit=区住建局
2 | 整治占道经营
- assignment lead-unit=区城管局 cooperating-unit=各街道
- note 长期
theme 二、| 建筑施工（1项）
3 | 检查塔吊、脚手架
- assignment lead-unit=区住建局
- note 已启动
total 合计 | 3项
note 说明：1.| 清单动态调整。
note 2.| 每季度通报。
""", import_theme_row=[3, 6], import_cell_empty=[7], import_cell_break=[7], import_units=[4], import_unit_general=[5])

case("one-leader-for-all", f"""示例市气象局2033年重点任务分解表
{HEAD}
1\t联合开展执法检查。\t"减灾处
法规处
观测处"\t"杜小满
成  林
古月明"\t费思远\t4月底
2\t联合开展培训。\t"减灾处
法规处"\t杜小满\t费思远\t5月底
3\t完成验收。\t"减灾处
法规处
观测处"\t"杜小满
古月明"\t"费思远
高  山
平  川"\t5月底
""", f"""
title | 示例市气象局2033年重点任务分解表
{COLUMNS}
1 | 联合开展执法检查。
- assignment unit=减灾处 person=杜小满
- assignment unit=法规处 person=成林
- assignment unit=观测处 person=古月明
- for-all leader=费思远
- due 4月底
2 | 联合开展培训。
- assignment unit=减灾处 unit=法规处 person=杜小满 leader=费思远
- due 5月底
3 | 完成验收。
- assignment unit=减灾处 unit=法规处 unit=观测处 person=杜小满 person=古月明 leader=费思远 leader=高山 leader=平川
- due 5月底
""", import_paired=[3], import_uneven=[10], import_name=[6, 14, 15])

case("names-in-a-line", f"""示例市气象局2033年重点任务分解表
{HEAD}
1\t共同承担。\t减灾处、法规处\t杜小满 古月明\t费  思、高\u3000山\t4月底
2\t分头落实。\t机关党委（人事处）\t杜小满  成\u00a0林\t费思远/平川\t—
""", f"""
title | 示例市气象局2033年重点任务分解表
{COLUMNS}
1 | 共同承担。
- assignment unit=减灾处 、 unit=法规处 person=杜小满 person=古月明 leader=费思 、 leader=高山
- due 4月底
2 | 分头落实。
- assignment unit=机关党委（人事处） person=杜小满 person=成林 leader=费思远 / leader=平川
- due —
""", import_name=[3, 4], import_units=[3, 4], import_unit_bracket=[4])

case("unknown-columns", """示例局任务表
编号\t重点工作\t具体任务\t考核分值\t责任单位\t联系人\t联系电话
A1\t营商环境\t清理证明事项。\t5\t法规科\t米芾之\t3388
A2\t\t公布权责清单。\t\t法规科\t米芾之\t
""", """
title | 示例局任务表
columns | number=编号 theme=重点工作 task=具体任务 extra=考核分值 unit=责任单位 person=联系人 extra=联系电话
theme | 营商环境
A1 | 清理证明事项。
- assignment unit=法规科 person=米芾之
- extra 5
- extra 3388
A2 | 公布权责清单。
- assignment unit=法规科 person=米芾之
- extra
- extra
""", import_column=[2], import_row_cells=None, import_column_theme=None)

case("header-pulled-apart", "示例局任务表\n序 号\t工  作  内  容\t责 任 科 室\t完成　时限\n1\t清理库房。\t办公室\t3月底\n", """
title | 示例局任务表
columns | number=序号 task=工作内容 unit=责任科室 due=完成时限
1 | 清理库房。
- assignment unit=办公室
- due 3月底
""", import_space=[2], import_cell_break=None)

case("no-title", "序号\t工作内容\t责任科室\t完成时限\n1\t清理库房。\t办公室\t3月底\n", """
title |
columns | number=序号 task=工作内容 unit=责任科室 due=完成时限
1 | 清理库房。
- assignment unit=办公室
- due 3月底
""", import_no_title=[1])

case("title-in-lines-and-preface", """附件2
示例县审计局
二〇三三年审计整改
任务分解表
（2033年4月）
填报单位：综合科\t填报人：单雨晴
序号\t整改任务\t责任科室\t完成时限
1\t补缴租金18万元。\t国资科\t6月底
以上任务按月调度。
示例县审计局
2033年4月8日
""", """
attachment-label | 附件2
issuing-authority | 示例县审计局
title | 二〇三三年审计整改任务分解表
as-of | （2033年4月）
p | 填报单位：综合科
p | 填报人：单雨晴
columns | number=序号 task=整改任务 unit=责任科室 due=完成时限
1 | 补缴租金18万元。
- assignment unit=国资科
- due 6月底
note | 以上任务按月调度。
issuing-authority | 示例县审计局
date | 2033年4月8日
""", import_title_lines=[4], import_below=[9])

case("web-tail-and-gap", """ \t示例县审计整改表

\t序号

\t整改任务

\t责任科室

\t完成时限

\t1

\t补缴租金18万元。

\t国资科

财务科

\t6月底

\t2

\t收回出借资金。

\t国资科

\t12

\t4

\t完善合同台账。

\t国资科

\t12月底

注：序号与审计报告一致。

示例县审计局

2033年4月8日
""", """
title | 示例县审计整改表
columns | number=序号 task=整改任务 unit=责任科室 due=完成时限
1 | 补缴租金18万元。
- assignment unit=国资科 unit=财务科
- due 6月底
2 | 收回出借资金。
- assignment unit=国资科
- due 12
4 | 完善合同台账。
- assignment unit=国资科
- due 12月底
note 注：| 序号与审计报告一致。
issuing-authority | 示例县审计局
date | 2033年4月8日
""", import_row_cells=None)

case("theme-broken-in-two", """示例县审计整改表
\t序号
\t具体任务
\t责任科室
\t完成时限
\t1
\t规范
管理
\t补缴租金18万元。
\t国资科
\t6月底
\t2
\t
\t收回出借资金，
逾期的按合同计息。
\t国资科
\t12月底
""", """
title | 示例县审计整改表
columns | number=序号 theme task=具体任务 unit=责任科室 due=完成时限
theme | 规范管理
1 | 补缴租金18万元。
- assignment unit=国资科
- due 6月底
2 | 收回出借资金，逾期的按合同计息。
- assignment unit=国资科
- due 12月底
""", import_cell_break=[7, 14], import_theme_empty=[12], import_column_theme=[3])

case("cells-of-a-word-processor", f"""示例市气象局2033年重点任务分解表
{HEAD}
1\t联合开展执法检查。\t减灾处
法规处\t杜小满
成林枫\t费思远\t4月底
2\t完成验收。\t观测处\t古月明\t费思远\t5月底
注：以季度为单位考核。
""", f"""
title | 示例市气象局2033年重点任务分解表
{COLUMNS}
1 | 联合开展执法检查。
- assignment unit=减灾处 person=杜小满
- assignment unit=法规处 person=成林枫
- for-all leader=费思远
- due 4月底
2 | 完成验收。
- assignment unit=观测处 person=古月明 leader=费思远
- due 5月底
note 注：| 以季度为单位考核。
""", import_paired=[3], import_row_cells=None)
