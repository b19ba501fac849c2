#!/usr/bin/python3
"""Plain text -> records of chronicles and news items: the example records set in many ways, irregular texts, twisted ones, and the
two published sources.

Takes: GENPDF, records/, tests/import/, shared/ when there.  Gives: ok / not ok / skip lines."""

import random
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect"), str(TESTS / "import")]
import irregular_kinds  # noqa: E402
import kinds  # noqa: E402
import rewrap  # noqa: E402
from cases import SHARED, TOP, Fault, Skip, case, check, equal, finish  # noqa: E402
from importing import check_survives, check_told, check_valid, lines_of, made_of, same_rows  # noqa: E402

RECORDS = [TOP / "records" / f"{name}.xml" for name in ("chronicle-2031", "chronicle-2032-h1", "news-2031-05", "news-2032-tw")]
SOURCES = {"chronicle": SHARED / "sources" / "chronicle-2017.txt", "news": SHARED / "sources" / "news-2018-zh-hant.txt"}
WAYS = range(40)


def flat(record):
    return kinds.flat(ET.fromstring(record))


def labelled(root):
    """Dates that a layout writes, written: a text has no values."""
    def day(value):
        month, _, rest = value[5:].partition("-")
        return f"{int(month)}月" + (f"{int(rest)}日" if rest else "")
    for e in root.iter("entry"):
        if e.get("label") or e.get("dated"):
            continue
        hour, minute = (e.get("hour") or ":").split(":")
        clock = f"{int(hour)}时{minute if minute != '00' else ''}" if hour else ""
        part = {"am": "上午", "pm": "下午", "evening": "晚"}.get(e.get("part"), "")
        label = day(e.get("from")) + part + clock + ("起" if e.get("open") else "") + ("至" + day(e.get("to")) if e.get("to") else "")
        e.set("label", label + "，")
    return root


def clear(way, paragraphs):
    """A full line that ends a sentence is the end of a paragraph or not: where entries have dates, indents or blank lines tell."""
    dated = all(text[0].isdigit() for kind, text in paragraphs if kind == "p")
    if way["cut"] == "textwrap" or not dated and not way["indent"] and way["blank"] != "paragraph" or way["page"] == "blank":
        way["indent"] = "\u3000\u3000"
    if way["cut"] == "textwrap":        # a number alone on a line beside a form feed would be a page's
        way["page"] = "none"
    return way


# ---- the example records, set in many ways ----

for path in RECORDS:
    root = labelled(ET.parse(path).getroot())

    @case(f"import-kinds-{path.stem}")
    def _():
        """A title of two lines is a title and a subtitle to whoever reads the text."""
        for title in root.findall("title"):
            if title.find("line") is not None:
                continue
            record, _ = made_of(kinds.lines(root).encode())
            check_valid()
            same_rows(flat(record), kinds.flat(root))

    @case(f"import-kinds-rewrap-{path.stem}")
    def _():
        paragraphs = kinds.paragraphs(root)
        want, _ = made_of(kinds.lines(root).encode())
        for seed in WAYS:
            # A short text cut at blanks only does not show that it was cut: its lines are as ragged as paragraphs.
            if rewrap.way(seed)["cut"] == "textwrap" and len(paragraphs) < 60:
                continue
            way = clear(rewrap.way(seed), paragraphs)
            record, _ = made_of(rewrap.compose(paragraphs, way))
            if record != want:
                rows = record.decode().split("\n"), want.decode().split("\n")
                try:
                    same_rows(*rows)
                except Fault as f:
                    raise Fault(f"way {seed} {way}: {f}") from None


# ---- irregular texts ----

for name, text, want, codes in irregular_kinds.CASES:
    @case(f"import-kinds-irregular-{name}")
    def _():
        check_told(name, text, want, codes, flat)


# ---- bad texts ----

SOUP = ("1月5日， 同日， 2月30日下午， 3月4日至5日， 一、 一月 2032年 大事记 〔示政〔2032〕3号〕 （示政干(2032)4号） 任命 免去 决定 荣获 。 ， 、 “ ” 《 》 （ ） "
        "一是 二是 三是 十一是 相关链接： （记者甲） 示例市网讯 来源：示例网 2032年1月8日 召开 會議 「 」 示例市民政局 附件：1.表 报： 局长方竹 5.29 H7N9 𠮷 科").split(" ")


@case("import-kinds-survive-soup")
def _():
    """Pieces of both kinds in any order: always a valid record, and the equation holds."""
    for seed in range(80):
        r = random.Random(seed)
        bits = SOUP + ["\n"] * 12 + [" ", "\t", "\u3000", "\u200b", "\f", "\r\n"]
        text = "2032年大事记\n1月3日，" * (seed % 2) + "".join(r.choices(bits, k=r.randrange(1, 120)))
        check_survives(f"seed {seed}", text, SOURCES)


TWISTED = {
    "one-character": "甲", "only-a-title": "2032年大事记", "only-a-date": "1月5日，", "only-months": "一月\n二月\n三月\n",
    "only-links": "甲\n乙\n丙\n丁\n", "markup": "<大事记>&\n1月5日，\"&amp;\" ]]> <!-- 甲 -->\n",
    "huge-line": "2032年大事记\n1月5日，" + "一是做好工作，" * 100_000,
    "many-entries": "2032年大事记\n" + "".join(f"{n // 2000 % 12 + 1}月{n % 28 + 1}日，甲。\n" for n in range(40_000)),
    "many-quotes": "2032年大事记\n1月5日，" + "“一是" * 100_000,
    "many-numbers": "2032年大事记\n1月5日，" + "示政〔2032〕3号" * 30_000,
}
for name, text in TWISTED.items():
    @case(f"import-kinds-survive-{name}")
    def _():
        for kind in SOURCES:
            made_of(text.encode(), "--kind", kind)


# ---- the published sources ----

def published(kind):
    if not SOURCES[kind].exists():
        raise Skip("no shared sources")
    record, said = made_of(SOURCES[kind].read_bytes())
    check_valid()
    equal([row for row in said.split("\n") if row.startswith("dropped")], [], "entries left out")
    words = re.findall(r"^\d+  ([\w-]+) A\d\d ", said, re.M)
    return ET.fromstring(record), said, words


@case("import-published-chronicle")
def _():
    root, said, words = published("chronicle")
    entries = root.findall("body/entry")
    equal([root.get("kind"), root.get("year"), len(entries)], ["chronicle", "2017", 74], "record")
    equal([len([e for e in entries if e.get(a)]) for a in ("to", "open", "hour")], [3, 1, 1], "ranges, open dates, hours")
    equal(len([e for e in entries if e.get("part")]), 44 + 1, "parts of a day")        # one of them with the hour
    equal([e.get("from") for e in entries if e.get("dated")], ["2017-11-30"], "entries that do not open with their date")
    numbers = [(n.get("authority-code"), n.get("serial")) for n in root.iter("document-number")]
    equal(len(numbers), 9, "document numbers")
    equal({n.get("year") for n in root.iter("document-number")}, {"2017"}, "their years")
    appointments = [e for e in entries if e.get("class") == "appointment"]
    equal(len(appointments), 8, "appointments")
    check(all(e.find(".//document-number") is not None for e in appointments), "an appointment without a number")
    want = {"import-entry-date": [78], "import-entry-comma": [84], "import-stray": [38], "import-doubled": [37],
            "import-hyphen": [70], "import-half-width": [84]}
    for word, lines in want.items():
        equal(lines_of(said, word), lines, word)
    for word in ("import-year", "import-blank", "import-slogan", "import-docnumber", "import-unpaired", "import-spelling"):
        check(word in words, f"no {word}: {words}")
    check(len([w for w in words if " -> " in said]) <= 10 + 6, words)


@case("import-published-news")
def _():
    root, said, words = published("news")
    title = root.find("title")
    equal([root.get("kind"), root.get("year"), root.get("{http://www.w3.org/XML/1998/namespace}lang")], ["news", "2018", "zh-Hant"], "record")
    equal([title.get("source"), title.text, bool(title.get("value"))], ["derived", None, True], "title")
    equal(root.find("body//dateline").get("when"), "2018-01-30", "dateline")
    equal([len(root.findall("body/p")), len(root.findall("related/link")), len(list(root.iter("clause")))], [8, 20, 7], "parts")
    for word in ("import-title-derived", "import-related", "import-year", "import-entry-comma", "import-clauses", "import-half-width",
                 "import-script"):
        check(word in words, f"no {word}: {words}")


finish()
