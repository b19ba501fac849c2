#!/usr/bin/python3
"""Records against their grammar: the walker's yes and no, and what it says of every fault.

Takes: GENPDF, build/tests/progs/walk-record, records/, tests/walker/, jing.  Gives: ok / not ok / skip lines.
All mutations and random grammars: tests/long/walker.py."""

import re
import resource
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "expect"), str(Path(__file__).resolve().parents[1] / "walker")]
import mutations  # noqa: E402
import oracle  # noqa: E402
from cases import TOP, Fault, case, check, command, equal, finish, folder, genpdf  # noqa: E402

SCHEMA = TOP / "records" / "schema"
RECORDS = sorted((TOP / "records").glob("*.xml"))
SHORT = TOP / "records" / "monthly-plan-2031-06.xml"
LONG = TOP / "records" / "monthly-plan-2031-05.xml"
MESSAGE = re.compile(r"^\S+?:(\d+):(\d+): (?:error|错误): (.*) \[([a-z-]+)\]$", re.M)
where = folder()


def kind_of(path):
    return re.search(r'<record[^>]* kind="([a-z-]+)"', path.read_text(encoding="utf-8"))[1]


# ---- yes and no ----

for kind in sorted({kind_of(r) for r in RECORDS}):
    @case(f"walker-agrees-{kind}")
    def _():
        own = [r for r in RECORDS if kind_of(r) == kind]
        texts = [r.read_bytes() for r in own] + [t for r in own for t in mutations.of_record(r, 7)]
        files = oracle.write(where / kind, texts)
        check(len(files) > 60 * len(own), f"{len(files)} mutations only")
        oracle.compare(SCHEMA / f"{kind}.rng", files, len(files) // 10)


@case("walker-agrees-every-pattern")
def _():
    """libxml2 itself errs here: some ambiguous elements, interleave in oneOrMore, except of values."""
    (where / "included.rng").write_text(mutations.INCLUDED, encoding="utf-8")
    grammar = where / "main.rng"
    grammar.write_text(mutations.grammar(), encoding="utf-8")
    oracle.compare(grammar, oracle.write(where / "patterns", mutations.of_grammar()), 200, same_judge=False)


# ---- what it says ----

def messages(text, lang="en"):
    path = where / "record.xml"
    path.write_text(text, encoding="utf-8")
    run = genpdf("--lang", lang, path, "-o", where / "x.pdf", fails=True)
    equal(run.status, 2, f"status ({run})")
    return [(m[4], int(m[1]), int(m[2]), m[3]) for m in MESSAGE.finditer(run.messages)]


def edited(text, *edits):
    for old, new in edits:
        check(old in text, f"the record does not hold {old!r} any more")
        text = text.replace(old, new, 1)
    return text


def place(text, mark):
    at = text.index(mark)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def says(name, edits, *wanted, record=SHORT):
    """wanted: (code, the first place that looks so, words of the message), all messages in their order."""
    @case(f"walker-says-{name}")
    def _():
        text = edited(record.read_text(encoding="utf-8"), *edits)
        got = messages(text)
        shown = "\n".join(map(str, got))
        equal([m[0] for m in got], [w[0] for w in wanted], f"codes\n{shown}\n")
        for (code, line, column, said), (_, mark, *words) in zip(got, wanted):
            equal((line, column), place(text, mark), f"place of {said}")
            for word in words:
                check(word in said, f"no {word!r} in: {said}")


SECTION = '<section number="（一）">'
HEADING = "<heading>6月工作情况</heading>"
BODY_END = "  </body>"
WHEN = 'when="2031-06-30"'
CATEGORY = '<category value="工作计划"/>'
title = re.search(r"  <title>.*</title>\n", SHORT.read_text(encoding="utf-8"))[0]
head = re.search(r"  <head>.*?</head>\n", LONG.read_text(encoding="utf-8"), re.S)[0]
inside = re.search(r"<issuing-authority>.*</issuing-authority>", head)[0]

says("unknown-element", [("<body>", "<body><table/>")], ("record-element", "<table/>", "<table>", "<p>", "<section>"))
says("nearest-element", [("<heading>6月", "<headin>6月"), ("</heading>", "</headin>")],
     ("record-element", "<headin>", "did you mean <heading>?"))
says("capital-letters", [("<title>", "<TITLE>"), ("</title>", "</TITLE>")], ("record-element", "<TITLE>", "<title>?"))
says("namespace", [("<title>", '<title xmlns="urn:x">')], ("record-element", '<title xmlns="urn:x">', "namespace urn:x"))
says("inside-of-unknown", [("<p>修订", "<paar><nix/><date/></paar><p>修订")],
     ("record-element", "<paar>"),
     ("record-missing", "<date/>", "<date> lacks the attribute when"))
says("unknown-in-place-of", [("<heading>6月", "<kopf>6月"), ("</heading>", "</kopf>")],
     ("record-element", "<kopf>", "expected here: <heading>"))
says("unknown-attribute", [("<p>修订", '<p indent="2">修订')], ("record-attribute", 'indent="2"', "<p>", "it has none"))
says("nearest-attribute", [('<item number="1.">', '<item numbr="1.">')],
     ("record-attribute", 'numbr="1."', "did you mean number?"))
says("attributes-of-an-element", [('<item number="2.">', '<item nr="2." number="2.">')],
     ("record-attribute", 'nr="2."', "<item>", "its attributes are number"))
says("missing-attribute", [('<item number="3.">', "<item>")], ("record-missing", "<item>", "<item>", "the attribute number"))
says("missing-attribute-twice", [('<item number="3.">', "<item>"), ('<item number="4.">', "<item>")],
     ("record-missing", "<item>", "the attribute number"))
says("missing-attributes-of-a-group", [("<title>", "<head><x/></head><title>")],
     ("record-element", "<x/>", "expected here: <issuing-authority>"))
says("missing-first-child", [(HEADING, "")], ("record-missing", SECTION, "<section> lacks <heading>", "before <section>"))
says("missing-last-child", [("<p>查处非法采砂案件2起。</p>", ""), ("<unit>市水政监察支队</unit>", "")],
     ("record-missing", '<responsible role="responsible" label="责任单位："></', "<item> lacks <p>", "before <responsible>"),
     ("record-missing", "</responsible>\n        </item>\n      </section>\n      <section number=\"（三）", "<unit>", "<person>"))
says("missing-in-an-empty-element", [(inside, "")], ("record-missing", "</head>", "<head> lacks <issuing-authority>"),
     record=LONG)
says("missing-in-a-single-tag", [(head, "  <head/>\n")], ("record-missing", "<head/>", "<issuing-authority>"), record=LONG)
says("too-late", [(title, ""), (BODY_END, BODY_END + title.strip())],
     ("record-place", "<title>", "it belongs before <body>"))
says("too-early", [(head, ""), ("<metadata>", head.strip() + "<metadata>")],
     ("record-place", "<metadata>", "it belongs before <head>"), record=LONG)
says("far-too-early", [("  <annotation>", "  <copied>"), ("</annotation>", "</copied>"),
                       (title, "<annotation>（公开）</annotation>" + title)],
     ("record-place", "<annotation>", "it belongs behind <signature>"), ("record-element", "<copied>"))
says("only-one", [(title, title * 2)], ("record-place", title.strip() + "\n  <body>", "only one may stand in <record>"))
says("beside", [('<section number="（二）">', '<item number="9."><p>甲。</p></item><section number="（二）">')],
     ("record-place", '<item number="9.">', "not beside <section>"))
says("other-parent", [("<body>", '<body><item number="1."><p>甲。</p></item>')],
     ("record-place", '<item number="1."><p>甲', "it belongs in <section>, not directly in <body>", "<p>"))
says("other-parent-and-wrong-inside", [("<body>", "<body><item>甲</item>")],
     ("record-place", "<item>甲", "<section>"), ("record-missing", "<item>甲", "number"),
     ("record-text", "甲</item>", "text goes into <p>"))
says("text", [("<body>", "<body>\n    甲乙")], ("record-text", "甲乙", '<body> may not hold text directly: "甲乙"', "<p>"))
says("text-for-a-paragraph", [("<p>查处非法采砂案件2起。</p>", "查处非法采砂案件2起。")],
     ("record-text", "查处非法采砂", "text goes into <p>"))
says("text-in-an-empty-element", [(CATEGORY, CATEGORY[:-2] + ">甲</category>")],
     ("record-text", "甲</category>", "it must be empty"), record=LONG)
says("value-of-a-list", [('role="cooperating"', 'role="helping"')],
     ("record-value", "helping", "<responsible>", "role", '"helping"', "responsible, lead or cooperating"))
says("nearest-value", [('role="cooperating"', 'role="coperating"')],
     ("record-value", "coperating", "did you mean cooperating?"))
says("value-of-a-type", [(WHEN, 'when="2031年6月"')], ("record-value", '2031年6月"', "<date>", "when", "2031-05-27"))
says("value-of-the-calendar", [(WHEN, 'when="2031-06-31"')], ("record-value", "2031-06-31", "the calendar has no such day"))
says("value-of-a-pattern", [('number="（一）"', 'number=" （一）"')],
     ("record-value", " （一）", "without a blank before it"))
says("value-that-is-empty", [('label="责任单位："', 'label=""')],
     ("record-value", '"><unit>水旱灾害防御科', "label", "not empty"))
says("year", [('year="2031"', 'year="31"')], ("record-value", '31">', "year", "4 digits"))
says("xml-lang", [("zh-Hans", "zh-CN")], ("record-value", "zh-CN", "xml:lang", "zh-Hans, zh-Hant"))
says("six-faults", [("<body>", "<body>甲"), (HEADING, ""), ('<item number="1.">', "<item>"),
                    ('role="cooperating"', 'role="helping"'), ("<em>", "<b>"), ("</em>", "</b>"),
                    (WHEN, 'when="2031年6月"')],
     ("record-text", "甲"), ("record-missing", SECTION, "<heading>"), ("record-missing", "<item>", "number"),
     ("record-value", "helping"), ("record-element", "<b>", "<em>"), ("record-value", "2031年6月\""))


@case("walker-repeats-name-the-second-place")
def _():
    text = edited(SHORT.read_text(encoding="utf-8"), *[(f'<item number="{n}.">', "<item>") for n in (2, 4, 6)])
    (where / "record.xml").write_text(text, encoding="utf-8")
    run = genpdf("--lang=en", where / "record.xml", "-o", where / "x.pdf", fails=True)
    line, column = place(text, "<item>")
    second = text.index("<item>", text.index("<item>") + 1)
    check(f"record.xml:{line}:{column}: error: <item> lacks the attribute number" in run.messages, run)
    check("(2 more) [record-missing]" in run.messages, run)
    check(f"record.xml:{text.count(chr(10), 0, second) + 1}:9: note: the next place" in run.messages, run)


@case("walker-says-how-many-more")
def _():
    many = "".join(f"<n{i}/>" for i in range(70))
    got = messages(edited(SHORT.read_text(encoding="utf-8"), ("<body>", "<body>" + many)))
    equal([m[0] for m in got], ["record-element"] * 50 + ["record-more"], "codes")
    check(got[-1][3].startswith("20 more faults"), got[-1])


@case("walker-clerk")
def _():
    """tests/walker/clerk.txt: ten mistakes of a clerk who never saw the schema, word by word in both languages."""
    mistakes = (TOP / "tests" / "walker" / "clerk.txt").read_text(encoding="utf-8").split("\n== ")[1:]
    equal(len(mistakes), 10, "mistakes")
    for mistake in mistakes:
        name, *lines = mistake.rstrip("\n").split("\n")
        part = {mark: [line[2:] for line in lines if line.startswith(mark + " ")] for mark in "-+zeR"}
        text = (TOP / "records" / part["R"][0]).read_text(encoding="utf-8")
        text = edited(text, *((old, new.replace("\\n", "\n")) for old, new in zip(part["-"], part["+"])))
        for lang, mark in (("zh", "z"), ("en", "e")):
            equal([m[3] for m in messages(text, lang)], part[mark], f"{name}, {lang}")


# ---- hostile ----

def seconds(grammar, text):
    """Processor time of the walker alone, and its answer."""
    path = where / "hostile.xml"
    path.write_text(text, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = command(oracle.WALK, "-w", grammar, path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    path.unlink()
    return after.ru_utime - before.ru_utime, run.text.split()[2:]


def grows(name, grammar, make, answer="no"):
    @case(f"walker-hostile-{name}")
    def _():
        few, many = 20000, 100000
        short, _ = seconds(grammar, make(few))
        long, said = seconds(grammar, make(many))
        equal(said[0], answer, "answer")
        check(long < 12 * max(short, 0.1), f"{few}: {short:.2f} s, {many}: {long:.2f} s")


def tiny(name, pattern):
    path = where / f"{name}.rng"
    path.write_text(f"<grammar {mutations.HEAD}><start>{mutations.element('r', pattern)}</start>"
                    + "".join(f'<define name="{x}">{mutations.element(x)}</define>' for x in "abc") + "</grammar>")
    return path


PLAN = SCHEMA / "monthly-plan.rng"
START = '<record kind="monthly-plan" version="1" xml:lang="zh-Hans"><title>甲</title><body>'
END = "</body></record>"
m = mutations
grows("same-unknown", PLAN, lambda n: START + "<x/>" * n + END)
grows("other-unknowns", PLAN, lambda n: START + "".join(f"<x{i}/>" for i in range(n)) + END)
grows("misplaced", PLAN, lambda n: START + '<item number="1."><p>甲</p></item>' * n + END)
grows("doubled", PLAN, lambda n: START + "</body>" + "<title/>" * n + "</record>")
grows("in-turn", PLAN, lambda n: START + '<section number="一、"><heading/></section><p/>' * (n // 4) + END)
grows("texts", PLAN, lambda n: START + "甲<p/>" * n + END)
grows("values", PLAN, lambda n: START + "".join(f'<section number=" {i}"/>' for i in range(n)) + END)
grows("long-value", PLAN, lambda n: START + f'<section number=" {"甲 " * n}"/>' + END)
grows("long-text", PLAN, lambda n: START + "甲" * (n * 10) + END)
grows("ambiguous", tiny("ambiguous", m.plus(m.choice(m.A, m.group(m.A, m.A), m.group(m.A, m.A, m.A))) + m.B),
      lambda n: "<r>" + "<a/>" * n + "</r>")
grows("many-states", tiny("states", m.star(m.choice(m.A, m.B)) + m.A + m.choice(m.A, m.B) * 8),
      lambda n: "<r>" + "".join("<a/>" if (i * i + i // 3) % 3 else "<b/>" for i in range(n)) + "<c/></r>")


@case("walker-hostile-depth")
def _():
    """Elements that each fulfil several declarations, 250 deep: no doubling with each level."""
    x = "".join(m.element("x", m.optional('<ref name="x"/>'), m.optional(f'<ref name="{y}"/>')) for y in "abc")
    path = where / "deep.rng"
    path.write_text(f'<grammar {m.HEAD}><start><ref name="x"/></start><define name="x">{m.choice(x)}</define>'
                    + "".join(f'<define name="{y}">{m.element(y)}</define>' for y in "abc") + "</grammar>")
    took, said = seconds(path, "<x>" * 250 + "<q/>" + "</x>" * 250)
    equal(said, ["no", "1"], "answer")
    check(took < 5, f"{took:.1f} s")


@case("walker-hostile-grammars-give-up")
def _():
    """Limits are counts: states of 30 attributes in any mixture, a chain of references, parts of parts."""
    attributes = "".join(m.optional(m.attribute(f"k{i}")) for i in range(30))
    mixture = tiny("mixture", m.star(m.element("e", attributes)))
    records = "".join("<e " + " ".join(f'k{i}=""' for i in range(30) if (n * 2654435761 >> i) & 1) + "/>"
                      for n in range(20000))
    took, said = seconds(mixture, f"<r>{records}<x/></r>")
    equal(said[0], "gave-up", "mixture of attributes")
    for name, part in (("chain", lambda i: f'<ref name="d{i + 1}"/>'), ("parts", lambda i: f'<ref name="d{i + 1}"/>' * 2)):
        last = 5000 if name == "chain" else 14
        path = where / f"{name}.rng"
        path.write_text(f'<grammar {m.HEAD}><start>{m.element("r", part(-1))}</start>'
                        + "".join(f'<define name="d{i}">{part(i)}</define>' for i in range(last))
                        + f'<define name="d{last}">{m.element("a")}</define></grammar>')
        took, said = seconds(path, "<r><b/></r>")
        equal(said[0], "none", name)
        check(took < 5, f"{name}: {took:.1f} s")


finish()
