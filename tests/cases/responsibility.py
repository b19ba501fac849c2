#!/usr/bin/python3
"""Responsibility tables from end to end: what the schema refuses, what the importer makes of texts, how the pages look.

Takes: GENPDF, records/, tests/import/, shared/ when there.  Gives: ok / not ok / skip lines."""

import re
import statistics
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect"), str(TESTS / "import")]
import fitz  # noqa: E402

import tables  # noqa: E402
from cases import SHARED, TOP, case, check, equal, finish, genpdf  # noqa: E402
from importing import RECORD, check_told, check_valid, lines_of, lint, run_import, same_rows, tmp  # noqa: E402

KIND = "responsibility-table"
LONG, SHORT = (TOP / "records" / f"responsibility-table-{n}.xml" for n in ("2032", "2032-04"))
DRAFTS = TOP / "records" / "drafts"


# ---- the schema ----

def refused_by(record):
    """What xmllint says, and what genpdf says."""
    own = genpdf("check", record, fails=True)
    return lint(record, KIND).status != 0, own.status == 2 and "[record-" in own.messages


def edited(path, pattern, by):
    text = path.read_text(encoding="utf-8")
    made, n = re.subn(pattern, by, text, count=1, flags=re.S)
    check(n == 1 and made != text, "the edit changes nothing")
    copy = tmp / "copy.xml"
    copy.write_text(made, encoding="utf-8")
    ET.fromstring(made)
    return copy


REFUSED = {
    "no-columns": (LONG, r"<columns>.*?</columns>", ""),
    "no-task-column": (LONG, r"<task>具体任务</task>", ""),
    "two-columns-of-a-kind": (LONG, r"<unit>责任部门</unit>", r"<unit>责任部门</unit><unit>处室</unit>"),
    "unknown-column": (LONG, r"<due>完成时限</due>", "<deadline>完成时限</deadline>"),
    "column-with-width": (LONG, r"<number>序号</number>", '<number width="4">序号</number>'),
    "no-task": (SHORT, r"</columns>.*</tasks>", "</columns></tasks>"),
    "theme-without-name": (LONG, r"<name>惠民提质年</name>", ""),
    "theme-without-task": (LONG, r"(<name>惠民提质年</name>).*?</theme>", r"\1</theme>"),
    "theme-in-theme": (LONG, r"<name>惠民提质年</name>", r"\g<0><theme><name>甲</name><task><p>乙</p></task></theme>"),
    "task-without-text": (LONG, r'(<task number="4">)\s*<p>.*?</p>', r"\1"),
    "task-with-bare-text": (LONG, r'<task number="4">', r"\g<0>争创"),
    "blank-number": (LONG, r'number="4"', 'number=" "'),
    "rowspan": (LONG, r"<theme>(\s*<name>)", r'<theme rowspan="13">\1'),
    "empty-assignment": (LONG, r"<assignment>.*?</assignment>", "<assignment/>"),
    "assignment-of-text": (LONG, r"<assignment><unit>市图书馆</unit>.*?</assignment>", "<assignment>市图书馆</assignment>"),
    "person-before-unit": (LONG, r"(<unit>市图书馆</unit>)(<person>闻一舟</person>)", r"\2\1"),
    "name-in-name": (LONG, r"<unit>市图书馆</unit>", "<unit><unit>市</unit>图书馆</unit>"),
    "due-before-assignment": (LONG, r'(<assignment><unit>市图书馆.*?</assignment>)\s*(<due .*?</due>)', r"\2\1"),
    "due-twice": (LONG, r'<due when="2032-06">6月底</due>', r"\g<0><due>6月底</due>"),
    "due-not-a-date": (LONG, r'when="2032-06"', 'when="6月底"'),
    "for-all-first": (LONG, r"(<assignment><unit>宣传推广处.*)(<for-all>.*?</for-all>)", r"\2\1"),
    "total-without-label": (SHORT, r'<total label="合计">', "<total>"),
    "total-before-tasks": (SHORT, r"</columns>(.*)(<total .*?</total>)", r"</columns>\2\1"),
    "empty-notes": (LONG, r"(<notes [^>]*>).*</notes>", r"\1</notes>"),
    "notes-before-table": (LONG, r"<body>(.*)(<notes .*</notes>)", r"<body>\2\1"),
    "two-tables": (SHORT, r"<tasks>.*</tasks>", r"\g<0>\g<0>"),
    "as-of-after-table": (SHORT, r"(<as-of>.*?</as-of>)(.*</tasks>)", r"\2\1"),
    "empty-head": (LONG, r"<head>.*</head>", "<head/>"),
    "section": (SHORT, r"<as-of>.*?</as-of>", '<section number="一、"><heading>甲</heading></section>'),
    "wrong-kind": (LONG, r'kind="responsibility-table"', 'kind="monthly-plan"'),
}
ACCEPTED = {
    "task-without-theme": (LONG, r"<theme>\s*<name>惠民", r'<task><p>甲</p></task>\g<0>'),
    "task-of-nobody": (LONG, r"<assignment>.*?</assignment>", ""),
    "two-paragraphs": (LONG, r"<p>修订", "<p>甲。</p><p>修订"),
    "correction-in-a-name": (LONG, r"<person>闻一舟", '<person>闻<sic corr="一">壹</sic>舟'),
    "only-leaders": (LONG, r"<assignment>.*?</assignment>", "<assignment><leader>甲某</leader></assignment>"),
    "post": (LONG, r"<leader>林岚", '<leader post="副局长">林岚'),
    "empty-due": (LONG, r'<due when="2032-06">6月底</due>', "<due/>"),
    "no-notes": (LONG, r"<notes .*</notes>", ""),
    "extra-columns": (SHORT, r"(<progress>进展情况</progress>)(.*?)(</task>)", r"\1<extra>分值</extra><extra/>\2<extra>5</extra>\3"),
    "authorities": (LONG, r"<attachment-label>附件</attachment-label>", r"\g<0><issuing-authority>甲局</issuing-authority>"),
}

for name, edit in REFUSED.items():
    @case(f"responsibility-refuse-{name}")
    def _():
        other, own = refused_by(edited(*edit))
        check(other, "xmllint accepts it")
        check(own, "genpdf check accepts it")

for name, edit in ACCEPTED.items():
    @case(f"responsibility-accept-{name}")
    def _():
        run = lint(edited(*edit), KIND)
        check(run.status == 0, run.messages)
        run = genpdf("check", tmp / "copy.xml", fails=True)
        check(run.status == 0, run.messages)


# ---- import ----

def import_table(text, *args):
    """As run_import; the schema and the layout hold in every case, too."""
    record, said = run_import(text, *args)
    if record is not None:
        check_valid()
        genpdf("check", RECORD)
    return record, said


for path in (LONG, SHORT):
    for variant, make in tables.VARIANTS.items():
        root = ET.parse(path).getroot()
        if variant.startswith("web") and path == SHORT:
            continue  # rows of one cell cannot be told from cells there

        @case(f"responsibility-draft-{variant}-{path.stem}")
        def _():
            record, _ = import_table(make(root))
            check(record is not None, "refused")
            same_rows(tables.flat(record), tables.expected(root))
            equal(ET.fromstring(record).get("year"), "2032", "year")

for name, text, args, want, codes in tables.CASES:
    @case(f"responsibility-irregular-{name}")
    def _():
        check_told(name, text, want, codes, tables.flat, *args)
        if len(want) > 1:
            genpdf("check", RECORD)


@case("responsibility-drafts-kept")
def _():
    """The drafts in records/drafts are what the variants make."""
    root = ET.parse(LONG).getroot()
    for name, variant in (("responsibility-table-2032.tsv", "tabs-spread"), ("responsibility-table-2032.csv", "csv-excel")):
        check((DRAFTS / name).read_bytes() == tables.VARIANTS[variant](root), f"{name} is not variant {variant} of {LONG.name}")


@case("responsibility-dropped-are-repeats-only")
def _():
    """Delimiters are no entries of the report; a header that comes again is."""
    root = ET.parse(LONG).getroot()
    _, plain = import_table(tables.VARIANTS["csv"](root))
    check("\ndropped " not in plain and "未收入 0 处" in plain, "csv has entries dropped")
    _, again = import_table(tables.VARIANTS["tabs-header-again"](root))
    dropped = "".join(row.split(" ", 4)[4] for row in again.split("\n") if row.startswith("dropped "))
    header = "".join(tables.words(c) for c in root.find("body/tasks/columns"))
    equal(dropped, header * 3, "dropped")


@case("responsibility-notice-of-2018")
def _():
    """The table of the fifth source: 34 rows, themes over 13, 5 and 16, one short row, three with several names."""
    source = SHARED / "sources" / "notice-2018.txt"
    if not source.exists():
        print(f"skip responsibility-notice-of-2018 no {source}")
        return
    text = source.read_text(encoding="utf-8")
    made, said = import_table(text[text.rindex("附件\n"):].encode())
    tasks = ET.fromstring(made).find("body/tasks")
    equal([len(t.findall("task")) for t in tasks.findall("theme")], [13, 5, 16], "tasks of the themes")
    numbers = [t.get("number") for t in tasks.findall(".//task[p]")]
    equal(numbers, [str(n) for n in range(1, 35)], "numbers")
    shapes = {t.get("number"): [[len(a.findall(r)) for r in ("unit", "person", "leader")] for a in t.findall("assignment")]
              for t in tasks.findall(".//task[p]")}
    equal({n: s for n, s in shapes.items() if s != [[1, 1, 1]]},
          {"1": [[1, 0, 1]], "11": [[1, 1, 1], [1, 1, 1]], "23": [[3, 3, 2]], "25": [[3, 2, 1]]}, "assignments")
    check(not any(re.search(r"\s", e.text) for t in ("person", "leader", "name") for e in tasks.iter(t)), "a name holds a blank")
    for word in ("row-cells", "cell-empty", "theme-empty", "name", "paired", "uneven", "cell-break", "column-theme"):
        check(lines_of(said, "import-" + word), f"import-{word} is not reported")


# ---- the pages ----

EM = 10.5                                   # 五号
RATIO = (4, 9, 26, 9, 7, 7, 9)
HEADER = ["序号", "具体任务", "责任部门", "责任人", "牵头领导", "完成时限"]


class Sheet:
    """One page: its characters by line, its rules."""
    def __init__(self, page):
        self.size = page.rect.width, page.rect.height
        self.lines = []
        for block in page.get_text("rawdict")["blocks"]:
            for line in block.get("lines", ()):
                chars = [c for span in line["spans"] for c in span["chars"] if not c["c"].isspace()]
                if chars:
                    self.lines.append(chars)
        rects = [d["rect"] for d in page.get_drawings()]
        self.across = [r for r in rects if r.width > 3 * r.height]
        self.down = [r for r in rects if r.height > 3 * r.width]

    def chars(self):
        return [c for line in self.lines for c in line]

    def text(self):
        return "".join(c["c"] for c in self.chars())

    def find(self, word, n=0):
        """Characters of the n-th place where a word stands."""
        chars, text = self.chars(), self.text()
        at = -1
        for _ in range(n + 1):
            at = text.index(word, at + 1)
        return chars[at:at + len(word)]

    def baseline(self, word, n=0):
        return self.find(word, n)[0]["origin"][1]


def sheets(record, layout="responsibility-table"):
    if (record, layout) not in sheets.made:
        run = genpdf(record, "-l", layout, "-o", tmp / "pages.pdf")
        equal(run.messages, "", "messages")
        sheets.made[record, layout] = [Sheet(page) for page in fitz.open(tmp / "pages.pdf")]
    return sheets.made[record, layout]


sheets.made = {}


def sheet_with(word, layout="responsibility-table"):
    return next(s for s in sheets(LONG, layout) if word in s.text())


def near(got, want, what, tolerance=0.1):
    check(abs(got - want) <= tolerance, f"{what}: {got:.2f}, expected {want:.2f}")


def column_edges(sheet):
    """x of the long rules downwards."""
    tall = max(r.height for r in sheet.down)
    return sorted({round((r.x0 + r.x1) / 2, 1) for r in sheet.down if r.height > tall / 2})


for layout, size in (("responsibility-table", (595, 842)), ("responsibility-table-landscape", (842, 595))):
    @case(f"responsibility-pages-{layout}")
    def _(layout=layout, size=size):
        pages = sheets(LONG, layout)
        check(len(pages) >= 3, f"{len(pages)} pages")
        for n, sheet in enumerate(pages):
            near(sheet.size[0], size[0], "width", 1)
            near(sheet.size[1], size[1], "height", 1)
            check("".join(HEADER) in sheet.text(), f"page {n + 1} has no header")
            check(f"第{n + 1}页共{len(pages)}页" in sheet.text(), f"page {n + 1} has no number")
            edges = column_edges(sheet)
            unit = (edges[-1] - edges[0]) / sum(RATIO)
            wants = [edges[0] + unit * sum(RATIO[:k]) for k in range(len(RATIO) + 1)]
            for want in wants:
                check(any(abs(want - x) < 0.3 for x in edges), f"page {n + 1}: no rule at {want:.1f}, rules: {edges}")
            bottom = max(r.y1 for r in sheet.across)
            check(bottom > 2 / 3 * size[1] or n + 1 == len(pages), f"page {n + 1} ends at {bottom:.0f} of {size[1]}")

    @case(f"responsibility-cut-themes-{layout}")
    def _(layout=layout):
        """A theme stands once on each of its pages, marked where it goes on; nothing else is marked."""
        tasks = ET.parse(LONG).getroot().find("body/tasks")
        seen = set()
        for n, sheet in enumerate(sheets(LONG, layout), 1):
            for theme in tasks.findall("theme"):
                name = theme.find("name").text
                here = any(tables.words(t.find("p"))[:12] in sheet.text() for t in theme.findall("task"))
                want = (1, int(name in seen)) if here else (0, 0)
                equal((sheet.text().count(name), sheet.text().count(name + "（续）")), want, f"{name} on page {n}")
                seen |= {name} if here else set()

    @case(f"responsibility-rules-{layout}")
    def _(layout=layout):
        """Every rule downwards ends at a rule across, and does not stick out of it."""
        for n, sheet in enumerate(sheets(LONG, layout), 1):
            for rule in sheet.down:
                for end, out in ((rule.y0, min), (rule.y1, max)):
                    met = [r for r in sheet.across if r.x0 - 1 < rule.x0 < r.x1 + 1 and r.y0 - 0.05 < end < r.y1 + 0.05]
                    check(met, f"page {n}: a rule ends in the open at {rule.x0:.0f}, {end:.0f}")


@case("responsibility-assignments-stand-level")
def _():
    sheet = sheet_with("组织“文艺轻骑兵”")
    for row in (("艺术处", "江晚", "林岚"), ("市文化馆", "柳青", "董一川")):
        lines = [sheet.baseline(word) for word in row]
        check(max(lines) - min(lines) < 0.1, f"{row} stand at {lines}")
    check(sheet.baseline("市文化馆") - sheet.baseline("艺术处") > EM, "both assignments on one line")


@case("responsibility-one-leader-of-two-departments")
def _():
    """In the middle beside the two departments of his assignment, not beside the third."""
    sheet = sheet_with("严明政治纪律")
    at = sheet.text()[:sheet.text().index("严明政治纪律")]
    units = [sheet.baseline(u, at.count(u)) for u in ("组织人事处", "机关党委", "规划财务处")]
    people = [sheet.baseline(u, at.count(u)) for u in ("曹宁", "石磊", "严守成")]
    for unit, person in zip(units, people):
        near(person, unit, "person beside the unit")
    near(sheet.baseline("沈若谷", at.count("沈若谷")), statistics.mean(units[:2]), "the leader of two")
    near(sheet.baseline("钟平", at.count("钟平")), units[2], "the leader of the third")


@case("responsibility-one-leader-for-all")
def _():
    """Three departments, the second and third with one person, one leader over all: he stands in the middle of the row."""
    sheet = sheet_with("开展“最美文化人”")
    at = sheet.text()[:sheet.text().index("开展“最美文化人”")]
    units = [sheet.baseline(u, at.count(u)) for u in ("宣传推广处", "组织人事处", "办公室")]
    near(sheet.baseline("宋知微", at.count("宋知微")), units[0], "the first person")
    near(sheet.baseline("曹宁", at.count("曹宁")), statistics.mean(units[1:]), "the person of two departments")
    near(sheet.baseline("沈若谷", at.count("沈若谷")), units[1], "the leader")


@case("responsibility-names-are-spread")
def _():
    """Two characters take the room of three; names of three and four are as they are."""
    for sheet in sheets(LONG):
        for name in ("江晚", "林岚", "石磊", "韩冰", "沈若谷", "顾远之", "司徒景行"):
            for n in range(sheet.text().count(name)):
                first, *_, last = sheet.find(name, n)
                want = EM * max(3, len(name))
                near(last["bbox"][2] - first["bbox"][0], want, name, 0.3)


@case("responsibility-rows-without-a-column-of-themes")
def _():
    """A theme is a row over the whole width, the total spans what stands before the tasks, notes stand below the table."""
    sheet, = sheets(SHORT)
    edges = column_edges(sheet)
    for theme in ("一、基础设施改造", "二、公共服务配套"):
        middle = sheet.baseline(theme) - 0.3 * EM
        crossing = [r for r in sheet.down if r.y0 < middle < r.y1]
        equal(len(crossing), 2, f"rules beside {theme}")
    middle = sheet.baseline("合计") - 0.3 * EM
    equal(len([r for r in sheet.down if r.y0 < middle < r.y1]), 3, "rules of the total")
    check(sheet.baseline("注：") > max(r.y1 for r in sheet.across), "the note stands in the table")
    near(sheet.find("注：")[0]["bbox"][0], edges[0], "the note's left edge", 1)


@case("responsibility-ratios-fill-the-measure")
def _():
    """However many columns share it, rounding never makes them wider than the measure."""
    text = SHORT.read_text(encoding="utf-8")
    for more in range(8):
        copy = tmp / "wide.xml"
        copy.write_text(text.replace("</columns>", "<extra/>" * more + "</columns>"), encoding="utf-8")
        for layout in ("responsibility-table", "responsibility-table-landscape"):
            run = genpdf(copy, "-l", layout, "-o", tmp / "wide.pdf", fails=True)
            check("[table-shrunk]" not in run.messages, f"{more} columns more, {layout}: {run.messages[:200]}")


@case("responsibility-blocks")
def _():
    """Spans and steps as the blocks have them: one cell a theme over its rows, the header of tasks over two columns."""
    doc = genpdf("--stop=doc", LONG).text
    equal([int(n) for n in re.findall(r"rowspan[= ](\d+)", doc)], [13, 5, 16], "rowspans")
    equal([int(n) for n in re.findall(r"colspan[= ](\d+)", doc)], [2], "colspans")


finish()
