#!/usr/bin/python3
"""Answers to the decisions of an import: run, edit the report, run again with --answers.

Every choice of gen/import/choices.def is taken once, in a text that leaves it, and must make another record that says the same text;
what no longer fits is reported with its place.

Takes: GENPDF, records/, tests/import/.  Gives: ok / not ok lines."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect"), str(TESTS / "import")]
import irregular  # noqa: E402
import irregular_kinds  # noqa: E402
import kinds  # noqa: E402
import tables  # noqa: E402
from cases import TOP, Fault, case, check, command, equal, finish, genpdf  # noqa: E402
from importing import DRAFT, RECORD, REPORT, as_bytes, check_valid, import_once, tmp  # noqa: E402

ANSWERS = tmp / "answers.txt"
LINE = re.compile(r"^(\d+(?::\d+)?) ([a-z-]+) (\S+)  # (?:已答，|answered, )?(?:或：|or: )(.*?)  「(.*)」$", re.M)


def run_import(text, answers=None, lang="zh", fails=False):
    """(record, report, messages)."""
    if answers is not None:
        ANSWERS.write_bytes(as_bytes(answers))
    run, made, said = import_once(text, *([] if answers is None else ["--answers", ANSWERS]), lang=lang)
    check(fails or not run.status, run)
    return made, said, run.messages


def choices():
    """{code: [(English, Chinese)]} of the sources."""
    out = {}
    for code, en, zh in re.findall(r'^CHOICE\((\w+), "([\w-]+)", "(\w+)"\)$', (TOP / "gen/import/choices.def").read_text(), re.M):
        out.setdefault(code.lower().replace("_", "-"), []).append((en, zh))
    return out


def words_of():
    """Codes of diag.def by their names in the sources."""
    text = (TOP / "gen/base/diag.def").read_text()
    return {name.lower().replace("_", "-"): word for name, word in re.findall(r'^DIAG\((\w+), +"([\w-]+)"', text, re.M)}


OFFERED = {words_of()[code]: both for code, both in choices().items()}

PLAN = """示例市民政局
5月工作小结
和6月工作计划
一、5月工作小结。其中重点如下
1. 慰问 “五老” 人员。负责科室：办公室、人事科
5. 走访困难家庭。责任人：甲  乙
8.5万人次参加了各项活动。
二、6月工作计划
1.做好低保核查。负责科室：救助科
- 3 -
示例市民政局
2032年5月30日
"""
WRAPPED = """2032年8月工作小结
一、8月工作小结
1.组织全市各级养老机构开展夏季防火防汛安全检查共计一百二十处，
发现隐患三十六条已经全部整改到位并且逐一建立台账和销号清单制度。
同时对各县区养老服务中心进行了满意度测评，群众满意率达到百分之九
十八以上，比去年同期提高三个百分点，受到省厅通报表扬，经验在全省
做法可推广
二、9月工作计划
1.继续组织全市各级养老机构开展秋季防火安全检查工作并且登记造册，
确保不发生一起责任事故。
"""
TEXTS = [PLAN, WRAPPED] + [t for _, t, want, _ in irregular.CASES + irregular_kinds.CASES if len(want) > 1]
TEXTS += [text.decode() for name, text, args, want, codes in tables.CASES if len(want) > 1 and not args]
TEXTS += [p.read_text(encoding="utf-8") for p in sorted((TOP / "records/drafts").iterdir()) if p.suffix in (".txt", ".csv", ".tsv")]
for name in ("chronicle-2031", "chronicle-2032-h1", "news-2031-05", "news-2032-tw"):
    TEXTS.append(kinds.lines(ET.parse(TOP / "records" / f"{name}.xml").getroot()))


@case("answers-untouched-change-nothing")
def _():
    """The report as it came: the same record and the same report, in silence. In both languages."""
    for text in TEXTS:
        for lang in ("zh", "en"):
            want = run_import(text, lang=lang)
            got = run_import(text, want[1], lang)
            equal(got[0], want[0], "record")
            equal(got[1], want[1], "report")
            equal(got[2], "", "messages")


seen = {}           # (code, choice): how often taken


def take_all(text):
    """Every other choice of every decision of a text that was not taken yet, one by one."""
    record, said, _ = run_import(text)
    for m in LINE.finditer(said):
        place, code, taken, others, sample = m.groups()
        for other in others.split("、"):
            other = "2019" if other.endswith("年份") else other
            if seen.get((code, other), 0) >= 2:
                continue
            edited = said[:m.start()] + f"{place} {code} {other}" + said[m.end(3):]
            made, told, messages = run_import(text, edited)
            check_valid(f"{code} {other}: {text[:60]}")
            check(made != record, f"{place} {code} {other} changes nothing: {sample} in {text[:80]!r}")
            shown = [x[3] for x in LINE.finditer(told) if x[1] == place and x[2] == code]
            equal(shown, [other], f"what the report says of {place} {code}")
            check("answer-" not in messages or "answer-unused" in messages, messages)
            again = run_import(text, told)
            equal(again[0], made, f"{place} {code} {other}, answered twice")
            seen[code, other] = seen.get((code, other), 0) + 1


@case("answers-every-choice-does-something")
def _():
    wrong = []
    for text in TEXTS:
        try:
            take_all(text)
        except Fault as f:
            wrong.append(str(f))
    equal(wrong, [], "faults")


@case("answers-every-choice-was-taken")
def _():
    """But those that no importer takes: a year that is written is a choice of its own."""
    usual = {}
    for text in TEXTS:
        for m in LINE.finditer(run_import(text)[1]):
            usual.setdefault(m[2], set()).add(m[3])
    missing = [f"{code} {zh}" for code, both in OFFERED.items() for en, zh in both
               if (code, zh) not in seen and zh not in usual.get(code, set())]
    equal(missing, [], "choices that no text leaves")


CHRONICLE = """2032年大事记
1月5日，示例市政府（示政干〔2032〕2号）决定：任命甲为示例市林业局局长。
1月8日，“守护绿水  共享青山”活动和“清风  正气”活动启动。
1月9日，全市林业系统获评省级先进集体。
"""


def attributes(name):
    return [e.get(name) for e in ET.parse(RECORD).getroot().iter("entry")]


@case("answers-by-hand")
def _():
    """English and Chinese words, comments, blanks of every kind, Windows line ends, a byte order mark."""
    run_import(CHRONICLE, "\ufeff# 改定\r\n\r\n  2\u3000import-appointment \t event # 会议\r\n4 import-award 事件\r\n2 import-year 2031")
    equal([attributes("class"), attributes("from")], [[None] * 3, ["2031-01-05", "2031-01-08", "2031-01-09"]], "entries")


@case("answers-of-one-line")
def _():
    """Two decisions of a kind in one line have columns; without one an answer is for both."""
    record, said, _ = run_import(CHRONICLE)
    both = [m for m in LINE.finditer(said) if m[2] == "import-slogan"]
    equal([m[1] for m in both], ["3:11", "3:24"], "places")
    made, _, _ = run_import(CHRONICLE, "3:24 import-slogan 删去\n")
    equal([made.count(b"slogan"), "清风正气".encode() in made], [1, True], "the second alone")
    made, _, _ = run_import(CHRONICLE, "3 import-slogan drop\n")
    equal(made.count(b"slogan"), 0, "both")
    made, _, messages = run_import(CHRONICLE, "3 import-slogan drop\n3:11 import-slogan keep\n")
    equal([made.count(b"slogan"), "绿水  共享".encode() in made, messages], [0, True, ""], "a column counts more")


BAD = {
    "no-line": ("import-slogan drop\n", "answer-line", ":1:1:"),
    "line-0": ("# 一\n0 import-slogan drop\n", "answer-line", ":2:1:"),
    "half-a-place": ("3: import-slogan drop\n", "answer-line", ":1:1:"),
    "no-choice": ("3 import-slogan\n", "answer-line", ":1:1:"),
    "too-much": ("3 import-slogan drop 保留\n", "answer-line", ":1:1:"),
    "prose": ("第三行的空格请删去\n", "answer-line", ":1:1:"),
    "unknown-code": ("3 import-slogans drop\n", "answer-code", ":1:3:"),
    "not-of-an-import": ("3 record-element drop\n", "answer-code", ":1:3:"),
    "nothing-to-choose": ("3 import-blank drop\n", "answer-code", ":1:3:"),
    "unknown-choice": ("\n3 import-slogan 删除\n", "answer-choice", ":2:17:"),
    "bad-year": ("2 import-year 32\n", "answer-choice", ":1:15:"),
    "twice": ("3 import-slogan drop\n3 import-slogan keep\n", "answer-twice", ":2:1:"),
    "not-utf-8": (b"3 import-slogan \xff\n", "answer-line", ":1:17:"),
}
for name, (answers, word, place) in BAD.items():
    @case(f"answers-refused-{name}")
    def _():
        _, _, messages = run_import(CHRONICLE, answers, fails=True)
        check(messages and f"[{word}]" in messages and f"answers.txt{place}" in messages, f"expected {place} [{word}]: {messages}")


@case("answers-refused-lists-the-choices")
def _():
    zh = run_import(CHRONICLE, "3 import-slogan 删除\n", fails=True)[2]
    en = run_import(CHRONICLE, "3 import-slogan 删除\n", lang="en", fails=True)[2]
    check("停顿、保留、删去" in zh and "pause, keep, drop" in en, zh + en)


@case("answers-that-no-longer-fit")
def _():
    """The text changed since: a warning with the place of the answer, and the importer decides by itself."""
    _, said, _ = run_import(CHRONICLE)
    edited = said.replace("3:11 import-slogan 停顿", "3:11 import-slogan 删去").replace("2 import-appointment 任免", "2 import-appointment 事件")
    at = {line.split("  #")[0]: n + 1 for n, line in enumerate(edited.split("\n"))}
    moved = CHRONICLE.replace("1月5日", "1月4日，甲。\n1月5日")
    made, _, messages = run_import(moved, edited)
    equal(made, run_import(moved)[0], "record")
    equal(sorted(re.findall(r"answers\.txt:(\d+):1: 警告: 文稿第 (\d+) 行.*\[([\w-]+)\]", messages)),
          sorted([(str(at["3:11 import-slogan 删去"]), "3", "answer-unused"), (str(at["2 import-appointment 事件"]), "2", "answer-unused")]),
          "messages")
    other = CHRONICLE.replace("绿水", "碧水").replace("决定：任命甲", "决定：任命乙").replace("（示政干〔2032〕2号）", "")
    made, _, messages = run_import(other, edited)
    equal(made, run_import(other)[0], "record")
    equal(sorted(re.findall(r"\[([\w-]+)\]", messages)), ["answer-changed"] * 2, "messages of the changed text")


def json_report(text, answers=None, apart=True):
    """(rows of the report, rows of the messages) in JSON; not apart: the report stands among the messages."""
    DRAFT.write_bytes(text.encode())
    ANSWERS.write_text(answers or "", encoding="utf-8")
    run = genpdf("import", DRAFT, "-o", RECORD, "--diagnostics=json", *(["--report", REPORT] if apart else []),
                 *(["--answers", ANSWERS] if answers is not None else []))
    return ([json.loads(row) for row in REPORT.read_text(encoding="utf-8").splitlines()] if apart else [],
            [json.loads(row) for row in run.messages.splitlines()])


@case("answers-json-report-has-every-choice")
def _():
    """The same decisions, choices and dropped entries as in the text report, with nobody's answer."""
    found = 0
    for text in TEXTS:
        said = run_import(text, lang="en")[1]
        want = [(m[1].split(":")[0], m[2], m[3], len(m[4].split(", "))) for m in LINE.finditer(said)]
        rows = json_report(text)[0]
        chosen = [row for row in rows if "choices" in row]
        equal([(str(r["line"]), r["code"], r["choice"], len(r["choices"])) for r in chosen], want, f"choices of {text[:60]!r}")
        check(all(r["answered"] is False and "other" not in r for r in chosen), "an answer that nobody gave")
        dropped = [[str(r["line"]), str(r["column"]), r["code"]] for r in rows if "dropped" in r]
        equal(dropped, [row.split(" ")[1:4] for row in said.split("\n") if row.startswith("dropped ")], "dropped")
        found += len(chosen)
    check(found > 100, f"{found} choices")


@case("answers-json-report-has-every-answer")
def _():
    """Each decision names the answer that was followed; each answer without effect has a line."""
    answers = ("# 改定\n3:11 import-slogan 删去\n  2 import-appointment 任免\n4 import-award event\n"
               "9 import-award 事件\n2 import-year 2031 # 「二月」\n1 import-title-lines 分行\n")
    rows, messages = json_report(CHRONICLE, answers)
    got = {(r["line"], r["column"], r["code"]): (r["choice"], r["answered"], r.get("other")) for r in rows if "choices" in r}
    place = lambda line, column: {"file": str(ANSWERS), "line": line, "column": column}  # noqa: E731
    equal({key: value for key, value in got.items() if value[2]},
          {(3, 11, "import-slogan"): ("drop", True, place(2, 1)), (2, 1, "import-appointment"): ("appointment", False, place(3, 3)),
           (4, 1, "import-award"): ("event", True, place(4, 1))}, "answers that were followed")
    equal({value[:2] for key, value in got.items() if key[2] == "import-year"}, {("2032", False)}, "an answer about something else")
    idle = [row for row in rows if row["code"].startswith("answer-")]
    equal(sorted((r["code"], r["file"], r["line"], r["args"], r["choice"], r["severity"]) for r in idle),
          [("answer-changed", str(ANSWERS), 6, ["2", "import-year"], "2031", "warning"),
           ("answer-unused", str(ANSWERS), 5, ["9", "import-award"], "event", "warning"),
           ("answer-unused", str(ANSWERS), 7, ["1", "import-title-lines"], "lines", "warning")], "answers without effect")
    equal(rows[-3:], idle, "what comes last")
    equal([{k: v for k, v in row.items() if k != "choice"} for row in idle], messages, "messages")
    among = [row for row in json_report(CHRONICLE, answers, apart=False)[1] if row["code"].startswith("answer-")]
    equal(among, messages, "once each, when the report is among the messages")


@case("answers-json-report-of-what-was-edited")
def _():
    """Every choice taken by hand, as the text report offers it: followed, and said so."""
    for text in TEXTS:
        said = run_import(text)[1]
        edited, want = said, set()
        for m in reversed(list(LINE.finditer(said))):
            other = m[4].split("、")[0]
            if other.endswith("年份"):
                continue
            edited = edited[:m.start()] + f"{m[1]} {m[2]} {other}" + edited[m.end(3):]
            want.add(said[:m.start()].count("\n") + 1)
        rows = json_report(text, edited)[0]
        followed = {r["other"]["line"] for r in rows if "choices" in r and r["answered"] and r["other"]["file"] == str(ANSWERS)}
        idle = {r["line"] for r in rows if r["code"].startswith("answer-")}
        equal(sorted(followed | idle), sorted(want), f"lines of answers of {text[:60]!r}")
        check(not followed & idle and all(r["answered"] <= ("other" in r) for r in rows if "choices" in r), "answers")


@case("answers-json-report-of-what-was-normalized")
def _():
    DRAFT.write_text("通知\n请于5月1日前报送,逾期不候;特此\"通知\"。\n", encoding="utf-8")
    said = genpdf("import", "--normalize", "--kind=notice", DRAFT, "-o", RECORD, "--lang=en").messages
    want = [row.split(" ")[1:] for row in said.split("\n") if row.startswith("changed ")]
    rows = map(json.loads, genpdf("import", "--normalize", "--kind=notice", DRAFT, "-o", RECORD, "--diagnostics=json").messages.splitlines())
    equal([[str(r["line"]), str(r["column"]), r["code"], r["from"], r["to"]] for r in rows if "from" in r], want, "changes")
    equal([row[3:] for row in want], [[",", "，"], [";", "；"], ['"', "“"], ['"', "”"]], "changed")


@case("answers-strict")
def _():
    ANSWERS.write_text("7 import-slogan drop\n")
    DRAFT.write_text(CHRONICLE)
    equal([genpdf("import", DRAFT, "-o", RECORD, "--report", REPORT, "--answers", ANSWERS, *more, fails=True).status
           for more in ([], ["--strict"])], [0, 1], "status")


@case("answers-of-the-command-line")
def _():
    DRAFT.write_text(CHRONICLE)
    (tmp / "b.txt").write_text(CHRONICLE)
    gone = genpdf("import", DRAFT, "-o", RECORD, "--answers", tmp / "none.txt", fails=True)
    check(gone.status == 3 and "none.txt" in gone.messages, gone)
    two = genpdf(DRAFT, tmp / "b.txt", "-o", str(tmp) + "/", "--answers", ANSWERS, fails=True)
    check(two.status == 2 and "--answers" in two.messages, two)


@case("answers-in-one-step")
def _():
    """Text to PDF at once, by the answers."""
    texts = []
    DRAFT.write_text(CHRONICLE.replace("“清风  正气”", "清风  正气"))
    ANSWERS.write_text("3 import-space-typed drop\n")
    for more in ([], ["--answers", ANSWERS]):
        genpdf(DRAFT, "-o", tmp / "a.pdf", "--report", REPORT, *more)
        texts.append(re.sub(r"\n", "", command("pdftotext", "-raw", tmp / "a.pdf", "-").text))
    check("清风 正气" in texts[0] and "清风正气" in texts[1], texts)


finish()
