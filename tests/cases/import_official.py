#!/usr/bin/python3
"""Plain text -> records of work summaries and notices: irregular texts, twisted ones, pieces in any order, the two published sources,
and normalised punctuation.

Takes: GENPDF, records/, tests/import/, shared/ when there.  Gives: ok / not ok / skip lines."""

import random
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect"), str(TESTS / "import")]
import equation  # noqa: E402
import irregular_official  # noqa: E402
from cases import SHARED, TOP, Fault, Skip, case, check, equal, finish, genpdf  # noqa: E402
from importing import RECORD, check_survives, check_told, check_valid, lines_of, made_of, same_rows, tmp  # noqa: E402

KINDS = ("work-summary", "notice")
SOURCES = {"work-summary": SHARED / "sources" / "work-summary-2019h1.txt", "notice": SHARED / "sources" / "notice-2018.txt"}


# ---- irregular texts ----

for name, text, want, codes in irregular_official.CASES:
    @case(f"import-official-{name}")
    def _():
        check_told(name, text, want, codes, lambda record: irregular_official.flat(ET.fromstring(record)))

    @case(f"import-official-pages-{name}")
    def _():
        """What was imported can be set, by every layout of its kind."""
        made_of(text.encode())
        kind = ET.parse(RECORD).getroot().get("kind")
        for layout in sorted(p.parent.name for p in TOP.glob(f"layouts/{kind}*/layout.xml")):
            run = genpdf(RECORD, "-l", layout, "-o", tmp / "x.pdf", fails=True)
            check(not run.status, run.messages)


@case("import-official-windows-line-ends")
def _():
    """CR LF and LF say the same; a byte order mark says nothing."""
    for draft in sorted((TOP / "records" / "drafts").glob("notice-*.txt")) + sorted((TOP / "records" / "drafts").glob("work-summary-*.txt")):
        want, _ = made_of(draft.read_bytes())
        got, _ = made_of(b"\xef\xbb\xbf" + draft.read_bytes().replace(b"\n", b"\r\n"))
        check(got == want, f"{draft.name}: another record")


@case("import-official-hard-wrapped")
def _():
    """Prose cut at 28 characters a line says what a paragraph a line says."""
    for draft in sorted((TOP / "records" / "drafts").glob("work-summary-*.txt")):
        want, _ = made_of(draft.read_bytes())
        rows = draft.read_text(encoding="utf-8").split("\n")
        body = next(n for n, row in enumerate(rows) if row.startswith("一、"))
        out = rows[:body]
        for row in rows[body:]:
            room = "" if row.startswith((" ", "\u3000")) else "\u3000\u3000"
            full = room + row
            out += [full[n:n + 28] for n in range(0, len(full), 28)] or [""]
        got, _ = made_of("\n".join(out).encode())
        if got != want:
            same_rows(got.decode().split("\n"), want.decode().split("\n"))


def wrapped(text, measure):
    """Prose cut at a measure, first lines indented, no line opening with a mark; tables stay."""
    out = []
    for row in text.split("\n"):
        if "\t" in row or len(row) <= measure:
            out.append(row)
            continue
        rest = "\u3000\u3000" + row.lstrip(" \u3000")
        while rest:
            end = measure
            while end < len(rest) and rest[end] in "，。、；：）”》,;:)":
                end -= 1
            out.append(rest[:end])
            rest = rest[end:]
    return "\n".join(out)


@case("import-official-hard-wrapped-notices")
def _():
    """A notice cut at 28 or 35 characters, as it was printed, says the same: signature, annotation, note, attachments, tables."""
    texts = {p.name: p for p in sorted((TOP / "records" / "drafts").glob("notice-*.txt")) + [SOURCES["notice"]] if p.exists()}
    for name, path in texts.items():
        text = path.read_text(encoding="utf-8")
        want = irregular_official.flat(ET.fromstring(made_of(text.encode())[0]))
        for measure in (28, 35):
            got = irregular_official.flat(ET.fromstring(made_of(wrapped(text, measure).encode())[0]))
            try:
                same_rows(got, want)
            except Fault as f:
                raise Fault(f"{name}, {measure}: {f}") from None


# ---- normalised punctuation ----

WIDTHS = """示例县水务局2031年工作总结

一.供水工作(上半年)
完成投资1,200万元,增长5.2%;新建管网86.5km,通水3处:甲村,乙村(含2个组).工期10:30-11:00,见https://a.example/b?c=d,e
他说:"要快!",大家都说好.IP(Internet Protocol), v2.0发布了!ＡＢ３号泵正常;运行良好?
"""
WIDE = """示例县水务局2031年工作总结

一.供水工作（上半年）
完成投资1,200万元，增长5.2%；新建管网86.5km，通水3处：甲村，乙村（含2个组）。工期10:30-11:00，见https://a.example/b?c=d,e
他说：“要快！”，大家都说好。IP(Internet Protocol), v2.0发布了！AB3号泵正常；运行良好？
"""


@case("import-official-normalize")
def _():
    """Marks beside ideographs change, those of numbers, addresses and Latin text do not; every change is listed, and no other is made."""
    same = made_of(WIDTHS.encode(), "--kind", "work-summary")
    check("changed " not in same[1] and "import-half-width" in same[1], "changed without being asked")
    record, said = made_of(WIDTHS.encode(), "--kind", "work-summary", "--normalize")
    check_valid()
    listed = list(equation.changed(said))
    rows = [list(row) for row in WIDTHS.split("\n")]
    for line, column, old, new in listed:
        equal(rows[line - 1][column - 1], old, f"character {line}:{column}")
        rows[line - 1][column - 1] = new
    same_rows(["".join(row) for row in rows], WIDE.split("\n"))
    check(record == made_of(WIDE.encode(), "--kind", "work-summary")[0], "not the record of the normalised text")
    equal(len(listed), len(set(listed)), "changes")


@case("import-official-normalize-twice")
def _():
    """What is normal stays; the drafts lose no character by it."""
    made_of(WIDE.encode(), "--kind", "work-summary", "--normalize")
    _, said = made_of(WIDE.encode(), "--kind", "work-summary", "--normalize")
    check("changed " not in said, said)
    for draft in sorted((TOP / "records" / "drafts").glob("*.txt")):
        made_of(draft.read_bytes(), "--normalize")


@case("import-official-one-step")
def _():
    """A draft becomes pages in one step, and pages of the same text as in three."""
    for name in ("notice-2031-joint", "work-summary-2032-h1"):
        draft, record = TOP / "records" / "drafts" / f"{name}.txt", tmp / "one.xml"
        genpdf(draft, "-o", tmp / "one.pdf")
        genpdf("import", draft, "-o", record)
        genpdf("check", record)
        equal(genpdf("--stop=runs", draft).text, genpdf("--stop=runs", record).text, name)
        check((tmp / "one.pdf").read_bytes().startswith(b"%PDF"), "no PDF")


# ---- pieces in any order ----

SOUP = ("一、 （一） 1. 2、 （1） ① 一是 二是 三是。 关于印发《示例办法》的通知 2031年工作总结和2032年工作思路 各县（市、区）民政局： 示例市民政局 示例市民政局文件 "
        "2031年5月3日 （2031年5月3日） 二〇三一年五月 附件 附件：1.甲表 附件1 附件二：乙 索引号 00/1 发布日期:2031-05-03 来源: 访问次数: 字号:[ ] 当前位置: 甲>乙>丙 "
        "【打印】 【关闭】 序号 任务 责任单位 责任人 完成时限 1 2 朱  东 12月底 现将有关事项通知如下： 特此通知。 抄送：市委办。 示例市办公室　2031年5月4日印发 "
        "（此件公开发布） （联系人：方某） 注：1.甲 负责科室：办公室 ——副题 示政〔2031〕3号 通    知 ， 。 ； “ ” 《 》 ( ) \" 𠮷 < & 做好有关工作").split(" ")


@case("import-official-survive-soup")
def _():
    """Pieces of both kinds in any order: always a valid record that can be set, and the equation holds."""
    for seed in range(150):
        r = random.Random(seed)
        bits = SOUP + ["\n"] * 22 + ["\n\t"] * 8 + ["\t"] * 8 + [" ", "\u3000", "\u200b", "\f", "\r\n"]
        text = ("关于甲的通知\n" if seed % 3 == 0 else "") + "".join(r.choices(bits, k=r.randrange(1, 160)))
        check_survives(f"seed {seed}", text, KINDS)


TWISTED = {
    "one-character": "甲", "only-a-title": "关于甲的通知", "only-facts": "索引号：1\n来源：\n", "only-a-breadcrumb": "甲>乙>丙",
    "only-an-attachment": "附件", "only-attachments": "附件1\n附件2\n附件3\n", "only-a-date": "2031年5月3日",
    "only-a-header": "\t序号\n\t任务\n\t责任单位\n\t责任人\n", "markup": "关于<甲>&的通知\n各局：\n\"&amp;\" ]]> <!-- 甲 -->\n",
    "huge-line": "2031年工作总结\n一、甲\n" + "一是做好工作，" * 50_000,
    "many-items": "2031年工作总结\n一、甲\n" + "".join(f"{n % 900 + 1}.甲。乙乙。\n" for n in range(20_000)),
    "many-rows": "关于甲的通知\n各局：\n\n附件\n\n序号\t任务\t责任单位\t责任人\n" + "".join(f"{n}\t做好工作{n}\t办公室\t方某\n" for n in range(1, 4000)),
    "many-attachments": "关于甲的通知\n各局：\n2031年5月3日\n" + "".join(f"附件{n}\n\n甲表\n\n做好工作。\n" for n in range(1, 800)),
    "deep": "2031年工作总结\n" + "一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n1）己\n" * 200,
}
for name, text in TWISTED.items():
    @case(f"import-official-survive-{name}")
    def _():
        for kind in KINDS:
            made_of(text.encode(), "--kind", kind)
            check_valid(name)


# ---- the published sources ----

def published(kind):
    if not SOURCES[kind].exists():
        raise Skip("no shared sources")
    record, said = made_of(SOURCES[kind].read_bytes())
    check_valid()
    words = re.findall(r"^\d+  ([\w-]+) A\d\d ", said, re.M)
    return ET.fromstring(record), said, words


@case("import-published-work-summary")
def _():
    root, said, words = published("work-summary")
    equal([root.get("kind"), root.get("year")], ["work-summary", "2019"], "record")
    equal([e.tag for e in root], ["metadata", "title", "imprint", "body"], "parts")
    facts = [(e.tag, e.get("label")) for e in root.find("metadata")]
    equal([tag for tag, _ in facts], ["breadcrumb", "identifier", "category", "publisher", "date", "disclosure", "date", "source",
                                     "page-widget", "page-widget"], "metadata")
    equal([e.get("when") for e in root.iter("date")], ["2020-07-24", "2020-07-24", "2019-08-13"], "dates")
    parts = root.findall("body/section")
    equal([len(p.findall("section")) for p in parts], [5, 5], "groups of the parts")
    equal([[len(g.findall("p")) for g in p.findall("section")] for p in parts], [[5, 5, 3, 4, 3], [1, 1, 1, 1, 1]], "paragraphs")
    equal([[len(list(g.iter("clause"))) for g in p.findall("section")] for p in parts], [[5, 5, 3, 4, 3], [5, 4, 3, 3, 3]], "clauses")
    headed = [c for c in root.iter("clause") if c.find("heading") is not None]
    check(len(headed) >= 36, f"{len(headed)} of 38 clauses have headings")
    equal([row.split(" ")[:4] for row in said.split("\n") if row.startswith("dropped")], [["dropped", "6", "1", "import-title-twice"]], "left out")
    want = {"import-title-twice": [6], "import-dates": [13], "import-empty-fact": [7], "import-no-stop": [37], "import-number": [51, 55],
            "import-glued": [77]}
    for word, lines in want.items():
        equal(lines_of(said, word), lines, word)
    check("import-clauses" in words and "import-half-width" in words and len(words) <= 16, words)


@case("import-published-notice")
def _():
    root, said, words = published("notice")
    equal([root.get("kind"), root.get("year")], ["notice", "2018"], "record")
    equal([e.tag for e in root], ["title", "recipients", "body", "signature", "annotation", "issued"], "parts")
    equal(len(root.findall("recipients/unit")), 4, "recipients")
    equal(root.find("signature/date").get("when"), "2018-03-13", "date")
    issued = root.find("issued")
    equal([e.tag for e in issued], ["title", "body", "attachments-note", "attachment"], "issued")
    sections = issued.findall("body/section")
    equal([s.get("number") for s in sections], [f"{n}、" for n in "一二三四五六七"], "headings")
    items = [i for s in sections for i in s.findall("item")]
    equal([i.get("number") for i in items], [f"{n}." for n in range(1, 28)], "items numbered through")
    check(all(i.find("heading") is not None for i in items), "an item without its run-in heading")
    tasks = issued.find("attachment/body/tasks")
    rows = list(tasks.iter("task"))
    equal([len(t.findall("task")) for t in tasks.findall("theme")], [13, 5, 16], "tasks of the themes")
    equal([r.get("number") for r in rows[1:]], [str(n) for n in range(1, 35)], "rows")   # the first is the column's header
    equal([len(r.findall("assignment")) for r in rows[1:] if r.get("number") in ("11", "23", "25")], [2, 1, 1], "assignments")
    check(not any(" " in (p.text or "") for p in tasks.iter("person")), "a name with blanks")
    equal([row for row in said.split("\n") if row.startswith("dropped")], [], "left out")
    want = {"import-pushed": [10, 12], "import-issued": [15], "import-note-plain": [69], "import-title-note": [72],
            "import-column-theme": [75], "import-row-cells": [81], "import-cell-empty": [81], "import-paired": [163],
            "import-cell-break": [231], "import-uneven": [266, 292]}
    for word, lines in want.items():
        equal(lines_of(said, word), lines, word)
    for word in ("import-name", "import-autospace", "import-half-width", "import-hyphen", "import-units"):
        check(word in words, f"no {word}: {words}")


finish()
