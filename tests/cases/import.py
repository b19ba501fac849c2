#!/usr/bin/python3
"""Plain text -> record: the drafts in every form, the same texts set in many other ways, irregular texts, bad bytes, and
the published plan.

Takes: GENPDF, records/, tests/import/, shared/ when there.  Gives: ok / not ok / skip lines."""

import random
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect"), str(TESTS / "import")]
import drafts  # noqa: E402
import irregular  # noqa: E402
import rewrap  # noqa: E402
from cases import SHARED, TOP, Fault, Skip, case, check, equal, finish  # noqa: E402
from importing import check_told, check_valid, lines_of, made_of, run_import, same_rows  # noqa: E402

SOURCE = SHARED / "sources" / "monthly-plan-2021-02.txt"
RECORDS = [TOP / "records" / f"monthly-plan-2031-0{n}.xml" for n in (5, 6)]
WAYS = range(60)


def flat(record):
    return [row.strip() for row in drafts.flat(ET.fromstring(record))]


# ---- the drafts, and every other way to set them ----

for path in RECORDS:
    root = ET.parse(path).getroot()
    for variant, make in drafts.VARIANTS.items():
        @case(f"import-draft-{variant}-{path.stem}")
        def _():
            record, _ = made_of(make(root).encode())
            same_rows(flat(record), flat(path.read_bytes()))

    @case(f"import-rewrap-{path.stem}")
    def _():
        paragraphs = drafts.paragraphs(root)
        want, _ = made_of(drafts.own_line(root).encode())
        tried = 0
        for seed in WAYS:
            way = rewrap.way(seed)
            # A short text cut at blanks only does not show that it was cut: its lines are as ragged as paragraphs.
            if way["cut"] == "textwrap" and len(paragraphs) < 60:
                continue
            record, _ = made_of(rewrap.compose(paragraphs, way))
            if record != want:
                rows = record.decode().split("\n"), want.decode().split("\n")
                same_rows(*rows) if rows[0] != rows[1] else None
                raise Fault(f"way {seed} {way}")
            tried += 1
        check(tried > len(WAYS) / 2, f"only {tried} ways")


# ---- irregular texts ----

for name, text, want, codes in irregular.CASES:
    @case(f"import-irregular-{name}")
    def _():
        check_told(name, text, want, codes, flat)


@case("import-irregular-are-valid")
def _():
    """Whatever the text, the record obeys its schema."""
    for name, text, want, _ in irregular.CASES:
        if len(want) > 1:
            made_of(text.encode())
            check_valid(name)


# ---- the report ----

@case("import-report-languages")
def _():
    text = "2032年8月工作小结\n一、8月工作小结\n1. 做 “好” 12 件。\n2.甲。责任单位：甲科\n".encode()
    zh, en = (run_import(text, lang=lang)[1] for lang in ("zh", "en"))
    words = [re.findall(r"^\d+  ([\w-]+) (A\d\d) ", r, re.M) for r in (zh, en)]
    equal(words[0], words[1], "codes in both languages")
    equal([w for w in words[0] if w[0] == "import-number-space"], [("import-number-space", "A23")], "codes")
    check("保留" in zh and "kept" in en and not re.search("[\u4e00-\u9fff]", re.sub("「.*?」", "", en)), en)


@case("import-report-dropped")
def _():
    text = "2032年8月工作小结\n一、8月\u200b工作小结\n1.甲\\乙。责任单位：甲科\n  - 3 -\n".encode()
    _, said = made_of(text)
    equal([row for row in said.split("\n") if row.startswith("dropped")],
          ["dropped 2 5 import-control \\u{200B}", "dropped 4 3 import-page-number - 3 -"], "entries")


@case("import-twice-the-same-bytes")
def _():
    text = RECORDS[0].with_name("drafts").joinpath("monthly-plan-2031-05.txt").read_bytes()
    equal(made_of(text), made_of(text), "record and report")


# ---- bytes of every kind ----

REFUSED = {
    "not-utf-8": ("示例市\n一、".encode() + b"\xb9\xfa", "xml-encoding", ":2:3:"),
    "cut-character": ("一、月".encode()[:-1], "xml-encoding", ":1:3:"),
    "nul": ("一、\n1.甲\0乙".encode(), "xml-nul", ":2:4:"),
    "empty": (b"", "import-empty", ":1:1:"),
    "bom-only": (b"\xef\xbb\xbf", "import-empty", ":1:1:"),
    "page-numbers-only": (b"- 1 -\n- 2 -\n", "import-empty", ":1:1:"),
    "too-large": (b"a" * (17 << 20), "world-too-large", ":1:1:"),
}
for name, (text, word, place) in REFUSED.items():
    @case(f"import-refuses-{name}")
    def _():
        record, run = run_import(text, "--kind", "monthly-plan")
        check(record is None and run.status == 2, "accepted")
        check(f"[{word}]" in run.messages and place in run.messages, f"expected {place} [{word}]: {run}")


@case("import-refuses-an-unknown-kind-name")
def _():
    record, run = run_import("一、".encode(), "--kind", "poem")
    check(record is None and run.status == 2 and "[command-value]" in run.messages, run)


TWISTED = {
    "one-character": "甲",
    "only-headings": "一、\n二、\n三、\n",
    "only-markers": "1.\n2.\n3.\n（1）\n①\n",
    "only-a-lead-in": "负责科室：",
    "unclosed": "“（《一、8月工作小结\n1.“（\n（负责科室：（\n",
    "huge-line": "一、8月工作计划\n1." + "做好工作，" * 200_000,
    "many-lines": "8月工作计划\n一、8月工作计划\n" + "".join(f"{n % 1000}.办。\n" for n in range(1, 100_000)),
    "spaces-everywhere": "一 " * 300_000,
    "breaks-of-all-kinds": "一、甲\u2028二、乙\u2029\x0b\x85\x0c1.丙\r\r\n\n\r丁",
    "markup": "一、<8月>&工作计划\n1.\"&amp;\" ]]> <!-- 甲 -->\n",
}
for name, text in TWISTED.items():
    @case(f"import-survives-{name}")
    def _():
        made_of(text.encode(), "--kind", "monthly-plan")


@case("import-survives-soup")
def _():
    """Pieces of plans in any order: always a record, and the equation holds."""
    bits = ("一、 二、 （一） 1. 2. 3. （1） ① 1) 7) 负责科室： 责任单位: （牵头单位： 配合单位： 办公室 人事科、财务科 发： 报： 附件： "
            "示例市民政局 2031年5月29日 （2031年2月30日） 5月工作小结 和6月工作计划 ， 。 ； 、 “ ” （ ） ( ) - 3 - 5 12 5.29 1-2 AED "
            "% 做好 & < 𠮷 \\ 科").split(" ") + ["\n"] * 14 + [" ", " ", "\t", "\u3000", "\u200b", "\f", "\r\n"]
    for seed in range(120):
        r = random.Random(seed)
        text = "2031年5月工作小结\n一、5月工作小结\n1." * (seed % 2) + "".join(r.choices(bits, k=r.randrange(1, 120)))
        record, run = run_import(text.encode(), "--kind", "monthly-plan")
        if record is None:
            check("[import-empty]" in run.messages, f"seed {seed}: {run}")


# ---- the published plan ----

@case("import-published")
def _():
    if not SOURCE.exists():
        raise Skip("no shared sources")
    record, said = made_of(SOURCE.read_bytes())
    check_valid("the published plan")
    root = ET.fromstring(record)
    equal([root.get("kind"), root.get("year"), root.get("{http://www.w3.org/XML/1998/namespace}lang")],
          ["monthly-plan", "2021", "zh-Hans"], "record")
    equal([len(s.findall("item")) for s in root.iter("section")], [30, 30], "items")
    equal([s.get("number") for s in root.iter("section")], ["一、", "二、"], "parts")
    for s in root.iter("section"):
        equal([i.get("number").strip() for i in s.iter("item")], [f"{n}." for n in range(1, 31)], "numbers")
    equal([i.get("number") for i in root.iter("item") if " " in i.get("number")], ["18. "], "typed spaces behind numbers")
    equal({len(i.findall("responsible/unit")) for i in root.iter("item")}, {1}, "departments of an item")
    equal({r.get("label") for r in root.iter("responsible")}, {"负责科室："}, "lead-ins")
    equal(len({u.text for u in root.iter("unit")}), 12, "different departments")
    equal(root.find("signature/date").get("when"), "2021-02-26", "date")
    equal([t.get("role") for t in root.iter("to")], ["send", "report"], "distribution")
    text = "".join(root.itertext())
    blanks = re.findall(r"\S [^\s]", re.sub(r"\n\s*", "", text))
    equal(blanks, ["计 “"], "blanks left in the text")
    equal([row for row in said.split("\n") if row.startswith("dropped")], [], "entries left out")


@case("import-published-report")
def _():
    """Every ambiguity of the list of formats for this source, by code and line, and at most ten other decisions."""
    if not SOURCE.exists():
        raise Skip("no shared sources")
    _, said = made_of(SOURCE.read_bytes())
    want = {
        "import-half-width": [82, 84],      # (a) the only pair of half-width brackets
        "import-not-item": [84],            #     whose end opens a line like an item
        "import-number-space": [295],       # (b) a typed space behind a number
        "import-space-typed": [174],        # (c) a typed space before a quote
        "import-no-gap": [3, 125, 323],     # (d) no gap where others have one
        "import-space": [140],              # (e) a stretched line
        "import-hyphen": [27, 84, 86, 142, 280],  # (f) hyphens
        "import-variant": [280],            # (g) a range of years written in two ways
        "import-restart": [199],
        "import-page": [46, 93, 140, 187, 234, 281, 328],
        "import-unit-page": [281],
    }
    for word, lines in want.items():
        equal(lines_of(said, word), lines, word)
    kinds = re.findall(r"^\d+  ([\w-]+) A\d\d .* -> ", said, re.M)
    check(len(kinds) <= 15, f"{len(kinds)} kinds of decisions: {kinds}")


finish()
