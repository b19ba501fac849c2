#!/usr/bin/python3
"""Inputs that are made to hurt: huge, deep, doubling, endless, circular; broken fonts; a run that is killed. Each is rendered, or refused by
a limit or a fault that a message names; no signal, no hang, no half file, under caps of time and memory.

Takes: GENPDF, records/, layouts/, build/testfonts.  Gives: ok / not ok / skip lines. Smaller faults and files: badinput.py."""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
import cases  # noqa: E402
from cases import BUILD, GENPDF, TOP, Fault, case, check, command, equal, finish, folder, genpdf  # noqa: E402

cases.LIMIT = 240   # seconds, on a loaded machine; none takes 20
FONTS = {"GENPDF_FONTS": BUILD / "testfonts", "GENPDF_HOME": TOP}
SANITIZED = b"__asan_init" in Path(GENPDF).read_bytes()
if SANITIZED:
    cases.LIMIT = 900   # a minute at most on a quiet machine
MEMORY, SECONDS = 3 << 30, 120
CODE = re.compile(r"\[([a-z0-9-]+)\]$", re.M)
PLAN = '<record kind="monthly-plan" version="1">'
RECORD = TOP / "records" / "monthly-plan-2031-06.xml"
GOOD = RECORD.read_text(encoding="utf-8")
MEGA = 1 << 20


def capped():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not SANITIZED:  # it reserves terabytes of addresses and takes its time
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def names(where):
    return sorted(str(p.relative_to(where)) for p in where.rglob("*") if not p.is_dir())


def attempt(where, *args, status=None, code=None, env=FONTS, out="x.pdf"):
    """One run, -o out. status None: rendered or refused. Nothing but a whole PDF may be new."""
    before = names(where)
    run = command(GENPDF, *args, *(["-o", out] if out else []), cwd=where, env=env, fails=True, preexec_fn=capped)
    check(run.status in ((0, 2) if status is None else (status,)), f"status {run.status}: {run.messages[:300]}")
    if run.status:
        check(CODE.search(run.messages), f"no message: {run.messages[:300]}")
        equal(names(where), before, "files")
    elif out:
        data = (where / out).read_bytes()
        check(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), "half a PDF")
        equal(names(where), sorted({*before, out}), "files")
        (where / out).unlink()
    found = set(CODE.findall(run.messages))
    check(code is None or code in found, f"no [{code}]: {run.messages[:300]}")
    check(len(run.messages) < 4 * MEGA, f"{len(run.messages)} characters of messages")
    return run


def given(name, content, ending=".xml", **more):
    """A case: a file with this content (made when its turn comes)."""
    @case(f"hostile-{name}")
    def _():
        where = folder()
        data = content() if callable(content) else content
        (where / f"in{ending}").write_bytes(data.encode() if isinstance(data, str) else data)
        attempt(where, f"in{ending}", **more)
        shutil.rmtree(where)


# ---- records: size ----

def with_body(text):
    at = GOOD.index("<body>") + len("<body>")
    return GOOD[:at] + text + GOOD[at:]


def in_title(text):
    return GOOD.replace("<title>", "<title>" + text, 1)


given("depth-closed", lambda: with_body("<quote>" * 100000 + "</quote>" * 100000), status=2, code="xml-limit")
given("attribute-of-100-mb", lambda: f'{PLAN[:-1]} xml:id="{"x" * (100 * MEGA)}"/>', status=2, code="xml-limit")
given("attribute-just-over", lambda: f'{PLAN[:-1]} label="{"x" * (MEGA + 1)}"/>', status=2, code="xml-limit")
given("record-of-100-mb", lambda: with_body("<p>示例</p>\n" * (100 * MEGA // 14)), status=2, code="xml-limit")
given("comment-of-100-mb", lambda: f"<!--{'x' * (100 * MEGA)}-->{GOOD}", status=2, code="xml-limit")
given("text-of-60-mb", lambda: in_title("甲" * (20 * MEGA)), status=2)
given("name-of-20-mb", lambda: f'{PLAN}<{"x" * (20 * MEGA)}/></record>', status=2)
given("blanks-of-50-mb", lambda: with_body(" \n" * (25 * MEGA)), status=0)
given("elements-by-million", lambda: with_body("<x/>" * (5 * MEGA)), status=2, code="xml-limit")
given("faults-by-thousand", lambda: with_body("<x a='1'/><title/>甲" * 50000), status=2, code="record-element")
given("namespaces-by-thousand", lambda: PLAN[:-1] + "".join(f' xmlns:n{n}="u:{n}"' for n in range(100000)) + "/>", status=2)
given("comments-by-million", lambda: with_body("<!---->" * (2 * MEGA) + "<?x?>" * (2 * MEGA)), status=0)
given("references-by-thousand", lambda: in_title("&#x7532;&amp;" * 200000))
given("cdata-by-thousand", lambda: in_title("<![CDATA[甲]]>" * 200000))

# ---- records: one piece of a good one, again and again ----

def wide(name, record, piece, size=8 * MEGA):
    """Time goes by the number of siblings, of a cell's lines, of what stands at the foot of a page; not by its square."""
    @case(f"hostile-wide-{name}")
    def _():
        text = (TOP / "records" / record).read_text(encoding="utf-8")
        found = re.search(piece, text, re.S)
        check(found, f"{record} does not hold {piece}")
        where = folder()
        shutil.copytree(TOP / "records", where, dirs_exist_ok=True, ignore=shutil.ignore_patterns("drafts", "new", "schema"))
        (where / "in.xml").write_text(text[:found.end()] + found[0] * (size // len(found[0].encode())) + text[found.end():], encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        attempt(where, "--draft", "in.xml", status=0)
        took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        check(SANITIZED or took < 20, f"{took:.1f} seconds")
        shutil.rmtree(where)


wide("items-of-an-attachment", "notice-2032.xml", r"<item [^>]*>.*?</item>")
wide("units", "monthly-plan-2031-05.xml", r"<unit[^>]*>[^<]*</unit>", 2 * MEGA)
wide("paragraphs-of-an-item", "monthly-plan-2031-05.xml", r"<p>[^<]*</p>")
wide("items-with-headings", "work-summary-2031.xml", r"<item [^>]*>.*?</item>")
wide("cell", "responsibility-table-2032.xml", r"<p>[^<]*</p>")
wide("cells-in-step", "responsibility-table-2032.xml", r"<assignment>.*?</assignment>", 2 * MEGA)
wide("whole-texts", "notice-2032.xml", r"<issued>.*?</issued>", 4 * MEGA)
wide("foot-of-a-page", "bulletin-2032-special.xml", r"<to [^>]*>[^<]*</to>", 3 * MEGA)

# ---- records: text ----

ENDING = "</p></entry></body></record>"
CHRONICLE = ('<record kind="chronicle" version="1" xml:lang="zh-Hans" year="2031"><title>示例市大事记</title><body>'
             '<entry from="2031-01-06" label="1月6日，"><p>')


def entry(text):
    return CHRONICLE + text + ENDING


given("paragraph-of-megabytes", lambda: entry("全市防汛抗旱工作会议召开，" * 100000), status=0)
given("word-of-megabytes", lambda: entry("x" * MEGA))
given("no-break-spaces", lambda: entry("x\u00a0" * 300000))
given("combining-marks", lambda: entry("a" + "\u0301" * 200000), status=2)
given("joiners", lambda: entry("市\u200d\ufe0f" * 100000))
given("bidirectional", lambda: entry("\u202e\u2067市\u2069\u202c" * 50000))
given("missing-glyphs", lambda: entry("".join(chr(c) for c in range(0x4E00, 0x9FA5)) * 5), status=2, code="more-messages")
given("not-characters", lambda: entry("\ufdd0\ue000\U0010fffd\u2028\u0085" * 20000), status=2, code="glyph-missing")
given("lines-by-thousand", lambda: entry("市<br/>" * 50000))
given("inline-by-thousand", lambda: entry("<em>市</em>" * 200000), status=0)
given("inline-in-inline", lambda: entry("<em>" * 240 + "市" + "</em>" * 240))
given("paragraphs-of-one-entry", lambda: entry("市</p><p>" * 20000 + "市"))
given("entries-by-thousand", lambda: CHRONICLE + "市</p></entry><entry from='2031-01-06' label='1月6日，'><p>" * 40000 + "市" + ENDING, status=0)

# ---- texts to import ----

DRAFT = (TOP / "records" / "drafts" / "monthly-plan-2031-06.txt").read_text(encoding="utf-8")
TEXTS = {
    "of-100-mb": lambda: DRAFT + "示例市\n" * (10 * MEGA),
    "line-of-50-mb": lambda: DRAFT + "市" * (16 * MEGA),
    "lines-empty": lambda: DRAFT + "\n" * (8 * MEGA),
    "markers": lambda: DRAFT + "（一）一、1.①" * 100000,
    # 12 MB of broken lines are made in 12 seconds, under a sanitizer in minutes: 2 MB there.
    "markers-nested": lambda: DRAFT + "".join(f"{'（' * n}一{'）' * n}市\n" for n in range(800 if SANITIZED else 2000)),
    "tabs": lambda: DRAFT + "\t" * (4 * MEGA),
    "columns": lambda: "责任表\n" + "\t".join(["序号", "工作任务", "责任单位"] * 20000) + "\n" + "\t".join("1" * 60000),
    "rows": lambda: "示例市重点工作责任分工表\n序号\t工作任务\t责任单位\n" + "".join(f"{n}\t做第{n}件事\t市水务局\n" for n in range(30000)),
    "spans": lambda: "<table>" + '<tr><td rowspan="999999999" colspan="999999999">序号</td><td>工作任务</td></tr>' * 300 + "</table>",
    "tables-nested": lambda: "<table><tr><td>" * 20000,
    "quotes": lambda: '序号,"' + '""' * MEGA,
    "one-character": lambda: "市" * (2 * MEGA),
    "dates": lambda: DRAFT + "2031年5月29日" * 200000,
}
for name, make in TEXTS.items():
    given(f"text-{name}", make, ".txt")

# ---- layouts ----

XSL = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout" xmlns:f="urn:genpdf:functions" exclude-result-prefixes="f">'


def sheet(body="<p>市</p>", more="", section='page="page"'):
    return (f'{XSL}<xsl:import href="../base/templates.xsl"/><xsl:template match="/record"><document><section {section}>{body}</section></document>'
            f"</xsl:template>{more}</xsl:stylesheet>")


def layout_folder(templates, declarations="", files=()):
    where = folder()
    mine = where / "layouts" / "mine"
    mine.mkdir(parents=True)
    shutil.copytree(TOP / "layouts" / "base", where / "layouts" / "base")
    (mine / "layout.xml").write_text('<layout xmlns="urn:genpdf:layout"><use href="../base/layout.xml"/><templates href="templates.xsl"/>'
                                     f'<page name="page"/><style name="mine" size="16pt"/><omit match="title"/><omit match="entry"/>{declarations}</layout>', encoding="utf-8")
    (mine / "templates.xsl").write_text(templates, encoding="utf-8")
    for name, text in files:
        (mine / name).write_text(text, encoding="utf-8")
    (where / "in.xml").write_text(entry("市"), encoding="utf-8")
    return where


def laid(name, body="<p>市</p>", more="", declarations="", files=(), section='page="page"', **how):
    @case(f"hostile-layout-{name}")
    def _():
        where = layout_folder(sheet(body() if callable(body) else body, more() if callable(more) else more, section),
                              declarations() if callable(declarations) else declarations, files)
        attempt(where, "-l", "layouts/mine/", "in.xml", **how)
        shutil.rmtree(where)


def call(name, times, params="", inside=""):
    """A template that calls itself so many times at each level."""
    again = f'<xsl:call-template name="{name}">{params}</xsl:call-template>'
    return f'<xsl:template name="{name}"><xsl:param name="s" select="\'市市\'"/><xsl:param name="n" select="40"/>{inside}<xsl:if test="$n &gt; 0">{again * times}</xsl:if></xsl:template>'


LESS = '<xsl:with-param name="n" select="$n - 1"/>'
START = '<p><xsl:call-template name="t"/></p>'
REFUSED = {"status": 2, "code": "xml-limit"}
laid("exponential", START, call("t", 2, LESS), **REFUSED)
laid("exponential-output", START, call("t", 2, LESS, "市"), **REFUSED)
laid("endless", START, call("t", 1), **REFUSED)
laid("endless-apply", '<p><xsl:apply-templates select="." mode="m"/></p>', '<xsl:template match="*" mode="m"><xsl:apply-templates select="." mode="m"/></xsl:template>', **REFUSED)
laid("doubling", START, call("t", 1, LESS + '<xsl:with-param name="s" select="concat($s, $s)"/>', '<xsl:if test="$n = 0"><xsl:value-of select="$s"/></xsl:if>'), **REFUSED)
laid("doubling-of-trees", START, call("t", 1, LESS + '<xsl:with-param name="s"><xsl:copy-of select="$s"/><xsl:copy-of select="$s"/></xsl:with-param>'), **REFUSED)
laid("doubling-in-attribute", START, call("t", 1, LESS + '<xsl:with-param name="s"><span style="mine"><xsl:attribute name="style"><xsl:value-of select="$s"/>'
     '<xsl:value-of select="$s"/></xsl:attribute></span></xsl:with-param>'))
laid("translate", START, call("t", 1, LESS + "<xsl:with-param name=\"s\" select=\"translate(concat($s, $s), '市', '县')\"/>"), **REFUSED)
laid("quadratic-path", '<p><xsl:value-of select="count(//*[count(//*[count(//*) &gt; 0]) &gt; 0][count(//text()[//*[//*[//*]]]) &gt; 0])"/></p>', status=None)
laid("cubic-path", '<p><xsl:value-of select="count(' + "//*/ancestor::*/descendant::node()" + "/ancestor::*/descendant::node()" * 8 + ')"/></p>', status=None)
laid("deep-expression", '<p><xsl:value-of select="' + "(" * 20000 + "1" + ")" * 20000 + '"/></p>', status=2)
laid("long-expression", '<p><xsl:value-of select="' + "1+" * 100000 + '1"/></p>')
laid("minus-signs", '<p><xsl:value-of select="' + "-" * 300000 + '1"/></p>')
laid("deep-predicates", '<p><xsl:value-of select="' + "*[" * 10000 + "1" + "]" * 10000 + '"/></p>', status=2)
laid("deep-functions", '<p><xsl:value-of select="' + "string(" * 5000 + "1" + ")" * 5000 + '"/></p>')
laid("long-pattern", more=f'<xsl:template match="{"|".join(f"a{n}" for n in range(20000))}"/>', status=2)
laid("long-path-pattern", more=f'<xsl:template match="{"/".join("a" for n in range(20000))}"/>', status=2)
laid("many-templates", more=lambda: "".join(f'<xsl:template name="t{n}"><p>市</p></xsl:template>' for n in range(30000)))
laid("many-variables", more=lambda: "".join(f'<xsl:variable name="v{n}" select="$v{n + 1}"/>' for n in range(20000)) + '<xsl:variable name="v20000" select="1"/>',
     body='<p><xsl:value-of select="$v0"/></p>')
laid("circular-variables", '<p><xsl:value-of select="$a"/></p>', '<xsl:variable name="a" select="$b"/><xsl:variable name="b" select="$a"/>', status=2)
laid("deep-sheet", lambda: "<p>市</p>" + '<xsl:if test="1">' * 240 + "<p>市</p>" + "</xsl:if>" * 240)
laid("too-deep-sheet", '<xsl:if test="1">' * 100000 + "</xsl:if>" * 100000, **REFUSED)
laid("number-format", "<p>" + "<xsl:number value=\"999999999999999999999\" format=\"A\"/><xsl:number value=\"1e300\" format=\"i\"/><xsl:number value=\"-5\" format=\"I\"/>"
     "<xsl:number value=\"0 div 0\" format=\"a\"/><xsl:number value=\"12345\" grouping-size=\"1\" grouping-separator=\"" + "," * 50000 + "\"/></p>")
laid("number-roman", "<p>" + '<xsl:number value="4000000000" format="I"/><xsl:number value="99999999" format="i"/></p>')
laid("format-number", "<p><xsl:value-of select=\"format-number(1e300, '" + "#" * 100000 + ".0')\"/></p>")
laid("keys", '<p><xsl:value-of select="count(key(\'k\', //node()))"/></p>', '<xsl:key name="k" match="//node()|@*" use="//node()"/>')
laid("sorts", '<xsl:for-each select="//*">' + '<xsl:sort select="count(//*)"/>' * 60 + "<p>市</p></xsl:for-each>")
laid("messages", '<xsl:message><xsl:copy-of select="/"/></xsl:message>' * 3000 + "<p>市</p>")
laid("styles-circle", declarations='<style name="a" based-on="b"/><style name="b" based-on="a"/>', body='<p style="a">市</p>', status=2)
laid("styles-chain", declarations=lambda: '<style name="s0" size="12pt"/>' + "".join(f'<style name="s{n}" based-on="s{n - 1}"/>' for n in range(1, 20000)), body='<p style="s19999">市</p>')
laid("styles-chain-backwards", declarations=lambda: "".join(f'<style name="s{n}" based-on="s{n + 1}"/>' for n in range(20000)) + '<style name="s20000" size="12pt"/>', body='<p style="s0">市</p>')
laid("em-chain", declarations=lambda: '<style name="s0" size="12pt"/>' + "".join(f'<style name="s{n}" based-on="s{n - 1}" size="2em"/>' for n in range(1, 300)), body='<p style="s299">市</p>')


@case("hostile-layout-circles")
def _():
    """Layouts that use, sheets that import each other."""
    for use, imported in (("layout.xml", "t.xsl"), ("other.xml", "t.xsl"), ("../base/layout.xml", "templates.xsl"), ("../base/layout.xml", "other.xsl"), (".", ".")):
        where = layout_folder("")
        mine = where / "layouts" / "mine"
        (mine / "layout.xml").write_text(f'<layout xmlns="urn:genpdf:layout"><use href="{use}"/><templates href="templates.xsl"/></layout>', encoding="utf-8")
        (mine / "other.xml").write_text('<layout xmlns="urn:genpdf:layout"><use href="layout.xml"/></layout>', encoding="utf-8")
        (mine / "templates.xsl").write_text(sheet().replace("../base/templates.xsl", imported), encoding="utf-8")
        for name in ("t.xsl", "other.xsl"):
            (mine / name).write_text(sheet().replace("../base/templates.xsl", "templates.xsl"), encoding="utf-8")
        attempt(where, "-l", "layouts/mine/", "in.xml", status=3 if use == "." else 2)  # a folder is no file


@case("hostile-layout-imports-by-thousand")
def _():
    where = layout_folder(XSL + "".join(f'<xsl:import href="t{n}.xsl"/>' for n in range(2000)) + "</xsl:stylesheet>",
                          files=[(f"t{n}.xsl", f'{XSL}<xsl:import href="t{n + 1}.xsl"/></xsl:stylesheet>' if n < 1999 else sheet()) for n in range(2000)])
    attempt(where, "-l", "layouts/mine/", "in.xml")


# ---- layouts: measures ----

MEASURES = ["0pt", "1e9pt", "0.0001pt", "1000000000000mm", "99999999999999999999999999mm", "999999行", "999999字", "0em", "9999999em", "-1pt", "1e-9mm", "0x10pt", "NaNpt"]
TEXT = "全市防汛抗旱工作会议召开，" * 30
TABLE = '<table %s><col %s/><col/><row %s><cell %s>' + TEXT + "</cell><cell>二</cell></row><row><cell>三</cell><cell>四</cell></row></table>"


def measured(name, shape):
    """A piece with each measure in its place, one run for each."""
    @case(f"hostile-measure-{name}")
    def _():
        for value in MEASURES:
            where = layout_folder(*shape(value))
            attempt(where, "-l", "layouts/mine/", "in.xml")
            shutil.rmtree(where)


for name in ("size", "leading", "indent", "start", "end", "before", "after", "shift", "trailer-gap"):
    measured(f"style-{name}", lambda v: (sheet(f'<p style="it">{TEXT}</p><p>{TEXT}<span style="it">{TEXT}</span></p>'), f'<style name="it" {name}="{v}"/>'))
for name in ("width", "height", "top", "bottom", "left", "right"):
    measured(f"page-{name}", lambda v: (sheet(f"<p>{TEXT}</p>"), f'<page name="page" {name}="{v}"/>'))
measured("page-all", lambda v: (sheet(f"<p>{TEXT}</p>"), f'<page name="page" width="{v}" height="{v}" top="0mm" bottom="0mm" left="0mm" right="0mm"/>'))
measured("rule", lambda v: (sheet(f'<rule height="{v}" width="{v}"/><space height="{v}"/><p>{TEXT}<space width="{v}"/></p>'),))
measured("table", lambda v: (sheet(TABLE % (f'width="{v}" pad-x="{v}" pad-y="{v}"', f'width="{v}"', f'height="{v}"', "")),))
measured("column", lambda v: (sheet(TABLE % ("", f'min="{v}" max="{v}"', "", f'pad-x="{v}" pad-y="{v}"')),))
measured("edges", lambda v: (sheet(TABLE % (f'frame="double {v}" grid="{v}"', "", "", f'rule-top="{v}"')),))
measured("frame", lambda v: (sheet(f"<p>{TEXT}</p>"), f'<page name="page"><frame name="f" x="{v}" y="{v}" width="{v}" height="{v}"><page-number/></frame></page>'))

COUNTS = ["0", "-1", "1", "65535", "65536", "2147483647", "4294967295", "99999999999999999999"]


@case("hostile-counts")
def _():
    """Whole numbers far from what is meant."""
    shapes = [lambda v: (sheet(TABLE % ("", "", "", f'colspan="{v}"')),), lambda v: (sheet(TABLE % ("", "", "", f'rowspan="{v}"')),),
              lambda v: (sheet(TABLE % (f'min-lines="{v}"', "", "", "")),), lambda v: (sheet(TABLE % ("", f'width="{v}*"', "", "")),),
              lambda v: (sheet(f"<p>{TEXT}</p>"), f'<page name="page" columns="{v}" lines="{v}"/>'),
              lambda v: (sheet(f'<p style="it">{TEXT}</p>'), f'<style name="it" orphans="{v}" widows="{v}" outline="{v}"/>')]
    for shape in shapes:
        for value in COUNTS:
            where = layout_folder(*shape(value))
            attempt(where, "-l", "layouts/mine/", "in.xml")
            shutil.rmtree(where)


laid("columns-by-thousand", "<table>" + "<col/>" * 5000 + "<row>" + "<cell>市</cell>" * 5000 + "</row></table>")
laid("rows-by-thousand", lambda: "<table><col/><col/>" + "<row><cell>市</cell><cell/></row>" * 20000 + "</table>")
laid("merged-column", lambda: "<table><col/><col/>" + '<row><cell rowspan="5000">市</cell><cell>市</cell></row>' + "<row><cell>市</cell></row>" * 4999 + "</table>")
laid("merged-stairs", lambda: "<table>" + "<col/>" * 60 + "".join("<row>" + '<cell rowspan="7" colspan="1">市</cell>' * (60 if n % 7 == 0 else 0) + "</row>" for n in range(210)) + "</table>")
laid("groups-deep", "<group>" * 200 + "<p>市</p>" + "</group>" * 200)
laid("groups-at-bottom", '<group at="bottom"><p>' + TEXT * 100 + "</p></group><p>市</p>" + '<group at="page-bottom"><p>' + TEXT * 100 + "</p></group>")
laid("spans-deep", "<p>" + '<span style="mine">' * 200 + "市" + "</span>" * 200 + "</p>")
laid("breaks-by-thousand", "<break/>" * 20000 + "<p>市</p>")
laid("sections-by-thousand", "<p>市</p>" + '</section><section page="page"><p>市</p>' * 5000)
laid("frames-by-thousand", f"<p>{TEXT * 20}</p>", declarations=lambda: '<page name="page">' + "".join(f'<frame name="f{n}" x="1cm" y="1cm" width="5cm"><page-number/> / <page-count/></frame>' for n in range(5000)) + "</page>")
laid("plain", "<p>市</p>", status=0)
laid("nothing", "")
laid("nothing-at-all", "<xsl:if test='0'/>")


# ---- fonts ----

def with_fonts(change, text=None):
    """A copy of the test fonts, changed, and a record."""
    where = folder()
    (where / "fonts").mkdir()
    for path in (BUILD / "testfonts").iterdir():
        shutil.copy(path, where / "fonts")
    change(where / "fonts")
    (where / "in.xml").write_text(text or GOOD, encoding="utf-8")
    return where, {"GENPDF_FONTS": where / "fonts", "GENPDF_HOME": TOP}


FILES = sorted(p.name for p in (BUILD / "testfonts").iterdir() if p.suffix in (".otf", ".ttf", ".ttc"))


def render_with(where, env):
    before = names(where)
    run = command(GENPDF, "in.xml", "-o", "x.pdf", cwd=where, env=env, fails=True, preexec_fn=capped)
    check(run.status in (0, 2, 3), f"status {run.status}: {run.messages[:300]}")
    check(run.status == 0 or CODE.search(run.messages), f"no message: {run}")
    if run.status:
        equal(names(where), before, "files")
    else:
        (where / "x.pdf").unlink()
    return run


@case("hostile-font-truncated")
def _():
    """Every font that the record uses, cut at many lengths: the head of its table of tables, and through all of it."""
    where, env = with_fonts(lambda f: None)
    statuses = set()
    for name in FILES:
        data = (where / "fonts" / name).read_bytes()
        lengths = sorted({0, 1, 3, 4, 11, 12, 13, 28, 44, 100, *range(200, len(data), max(1, len(data) // 24)), len(data) - 1})
        for n in lengths:
            (where / "fonts" / name).write_bytes(data[:n])
            statuses.add(render_with(where, env).status)
        (where / "fonts" / name).write_bytes(data)
    check(3 in statuses, f"no cut font was refused: {statuses}")
    equal(render_with(where, env).status, 0, "status with whole fonts")


@case("hostile-font-tables")
def _():
    """Tables that are missing, of another name, of another's length, beyond the end, on top of each other."""
    where, env = with_fonts(lambda f: None)
    dice = random.Random(9704)
    for name in FILES:
        data = bytearray((where / "fonts" / name).read_bytes())
        if data[:4] == b"ttcf":
            continue
        count = int.from_bytes(data[4:6], "big")
        for i in range(count):
            at = 12 + 16 * i
            for how in (lambda d: d.__setitem__(slice(at, at + 4), b"XXXX"), lambda d: d.__setitem__(slice(at + 12, at + 16), b"\xff\xff\xff\xff"),
                        lambda d: d.__setitem__(slice(at + 12, at + 16), b"\0\0\0\0"), lambda d: d.__setitem__(slice(at + 8, at + 12), b"\x7f\xff\xff\xff"),
                        lambda d: d.__setitem__(slice(at + 8, at + 12), b"\0\0\0\0"),
                        lambda d: d.__setitem__(slice(at + 8, at + 16), d[12 + 16 * ((i + 1) % count) + 8:12 + 16 * ((i + 1) % count) + 16])):
                made = bytearray(data)
                how(made)
                if dice.random() < 0.5:
                    (where / "fonts" / name).write_bytes(made)
                    render_with(where, env)
        (where / "fonts" / name).write_bytes(data)


@case("hostile-font-bytes")
def _():
    """Bytes that are others, a few at a time."""
    where, env = with_fonts(lambda f: None)
    dice = random.Random(2031)
    for name in FILES:
        data = (where / "fonts" / name).read_bytes()
        for _ in range(12):
            made = bytearray(data)
            for _ in range(dice.choice((1, 8, 60))):
                made[dice.randrange(len(made))] = dice.choice((0, 255, 127, 128, dice.randrange(256)))
            (where / "fonts" / name).write_bytes(made)
            render_with(where, env)
        (where / "fonts" / name).write_bytes(data)


NOT_FONTS = {"text": "这是一个文本文件。\n" * 100, "empty": b"", "zeros": b"\0" * 100000, "pdf": b"%PDF-1.7\n" + b"x" * 5000, "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 5000,
             "xml": GOOD, "tag-only": b"OTTO", "tables-without-end": b"OTTO\xff\xff" + b"\0" * 6 + b"CFF " * 20000, "true": b"true\0\1" + b"\0" * 60,
             "collection-of-itself": b"ttcf\0\1\0\0\0\0\0\1\0\0\0\0", "collection-huge": b"ttcf\0\1\0\0\xff\xff\xff\xff" + b"\0" * 400, "wof2": b"wOF2" + b"\0" * 400}
for name, content in NOT_FONTS.items():
    @case(f"hostile-font-is-{name}")
    def _():
        """Named .otf, it is no font: said, with the file; no PDF."""
        def change(fonts):
            for file in FILES:
                (fonts / file).write_bytes(content.encode() if isinstance(content, str) else content)
        where, env = with_fonts(change)
        run = render_with(where, env)
        equal(run.status, 3, f"status ({run.messages[:200]})")
        check("tiny-" in run.messages, f"the file is not named: {run.messages[:200]}")


@case("hostile-font-is-a-folder")
def _():
    def change(fonts):
        for file in FILES:
            (fonts / file).unlink()
            (fonts / file).mkdir()
    where, env = with_fonts(change)
    equal(render_with(where, env).status, 3, "status")


@case("hostile-font-is-a-pipe")
def _():
    """Nobody writes to it: no waiting."""
    def change(fonts):
        for file in FILES:
            (fonts / file).unlink()
            os.mkfifo(fonts / file)
    where, env = with_fonts(change)
    cases.LIMIT, before = 20, cases.LIMIT
    try:
        equal(render_with(where, env).status, 3, "status")
    finally:
        cases.LIMIT = before


def fonts_xml(change):
    def at(fonts):
        path = fonts / "fonts.xml"
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return at


FONT_LISTS = {
    "empty": lambda t: "",
    "not-xml": lambda t: "tiny-a.otf\n",
    "entity-bomb": lambda t: "<!DOCTYPE fonts [" + '<!ENTITY a "xxxxxxxxxx">' + "]><fonts>&a;</fonts>",
    "no-roles": lambda t: re.sub(r"<role.*?</role>", "", t, flags=re.S),
    "no-families": lambda t: re.sub(r"<family[^>]*/>|<family.*?</family>", "", t, flags=re.S),
    "face-far": lambda t: re.sub(r'file="', 'index="99999" file="', t),
    "face-negative": lambda t: re.sub(r'file="', 'index="-1" file="', t),
    "face-huge": lambda t: re.sub(r'file="', 'index="99999999999999999999" file="', t),
    "scale-huge": lambda t: re.sub(r'file="', 'scale="1e30" file="', t),
    "folder-in-file": lambda t: re.sub(r'file="', 'file="../../../../../../etc/', t),
    "file-empty": lambda t: re.sub(r'file="[^"]*"', 'file=""', t),
    "deep": lambda t: "<fonts>" * 100000,
    "families-by-thousand": lambda t: t.replace("</fonts>", "".join(f'<family id="i{n}" name="N{n}" file="n{n}.otf" licence="x"/>' for n in range(20000)) + "</fonts>"),
}
for name, change in FONT_LISTS.items():
    @case(f"hostile-fonts-xml-{name}")
    def _():
        where, env = with_fonts(fonts_xml(change))
        render_with(where, env)
        before = names(where)
        check(command(GENPDF, "fonts", cwd=where, env=env, fails=True, preexec_fn=capped).status in (0, 2, 3), "status of fonts")
        equal(names(where), before, "files")


# ---- runs that are ended, and runs beside each other ----

def nameless():
    try:
        os.close(os.open(folder(), os.O_TMPFILE | os.O_WRONLY))
        return os.access("/proc/self/fd", os.X_OK)
    except OSError:
        return False


NAMELESS = nameless()


@case("hostile-killed")
def _():
    """Ended in the middle, by a signal that cannot be caught and one that can: the old file is whole or the new one is."""
    where = folder()
    (where / "in.xml").write_text(CHRONICLE + "全市防汛抗旱工作会议召开。" * 20000 + ENDING, encoding="utf-8")
    env = {**os.environ, **{k: str(v) for k, v in FONTS.items()}}
    begun = time.monotonic()
    genpdf("in.xml", "-o", "x.pdf", cwd=where, env=FONTS)
    takes = time.monotonic() - begun
    new, old = (where / "x.pdf").read_bytes(), b"an older file"
    dice = random.Random(5)
    seen = set()
    for i in range(40):
        (where / "x.pdf").write_bytes(old)
        p = subprocess.Popen([GENPDF, "in.xml", "-o", "x.pdf"], cwd=where, env=env, stderr=subprocess.DEVNULL)
        time.sleep(takes * dice.uniform(0.0, 1.1))
        p.send_signal(signal.SIGKILL if i % 2 else signal.SIGTERM)
        p.wait()
        data = (where / "x.pdf").read_bytes()
        seen.add(data == new)
        check(data in (old, new), f"neither the old nor the new file: {len(data)} bytes")
        # Where a file can be without a name, at most a whole one is left, of the moment between its two names.
        for left in set(os.listdir(where)) - {"in.xml", "x.pdf"}:
            check(i % 2, f"{left} is left behind by a signal that can be caught")
            check(left.startswith(".x.pdf.genpdf-") and (not NAMELESS or (where / left).read_bytes() == new), f"{left} is left behind")
            (where / left).unlink()
    check(False in seen, "no run was ended in time")


@case("hostile-two-runs-one-output")
def _():
    """Whoever comes last: the file is one of the two, whole."""
    where = folder()
    other = TOP / "records" / "monthly-plan-2031-05.xml"
    whole = []
    for path in (RECORD, other):
        genpdf(path, "-o", "x.pdf", cwd=where, env=FONTS)
        whole.append((where / "x.pdf").read_bytes())
    env = {**os.environ, **{k: str(v) for k, v in FONTS.items()}}
    for _ in range(12):
        runs = [subprocess.Popen([GENPDF, path, "-o", "x.pdf"], cwd=where, env=env, stderr=subprocess.PIPE) for path in (RECORD, other) * 3]
        for p in runs:
            said = p.communicate()[1]
            equal(p.returncode, 0, f"status ({said[:200]})")
        check((where / "x.pdf").read_bytes() in whole, "neither of both")
    equal(os.listdir(where), ["x.pdf"], "files")


@case("hostile-output-is-hard-link-of-input")
def _():
    """Another name of the input: refused, both stay."""
    where = folder()
    (where / "in.xml").write_text(GOOD, encoding="utf-8")
    os.link(where / "in.xml", where / "x.pdf")
    before = os.stat(where / "in.xml")
    for args in (["in.xml", "-o", "x.pdf"], ["in.xml", "-o", "./x.pdf"], ["in.xml"]):
        if len(args) == 1:
            os.rename(where / "x.pdf", where / "in.pdf")
        run = genpdf(*args, cwd=where, env=FONTS, fails=True)
        equal((run.status, CODE.findall(run.messages)), (2, ["output-is-input"]), "status and message")
        equal((os.stat(where / "in.xml").st_ino, os.stat(where / "in.xml").st_nlink), (before.st_ino, 2), "links")
    equal((where / "in.xml").read_text(encoding="utf-8"), GOOD, "input")


@case("hostile-output-is-another-input")
def _():
    """The result of one would replace the next input, the layout or the list of fonts before or after it is read."""
    where, env = with_fonts(lambda f: None)
    (where / "in.pdf").write_text(GOOD, encoding="utf-8")
    shutil.copytree(layout_folder(sheet()) / "layouts", where / "layouts")
    before = {name: (where / name).read_bytes() for name in names(where)}
    for args in (["in.xml", "in.pdf"], ["in.pdf", "in.xml"], ["in.xml", "in.pdf", "-o", "."], ["in.xml", "-o", "fonts/fonts.xml"],
                 ["-l", "layouts/mine/", "in.xml", "-o", "layouts/mine/layout.xml"], ["-l", "layouts/mine/", "in.xml", "-o", "layouts/mine/templates.xsl"],
                 ["-l", "layouts/mine/", "in.xml", "-o", "layouts/mine/../base/layout.xml"]):
        run = genpdf(*args, cwd=where, env=env, fails=True)
        equal(run.status, 2, f"status of {args} ({run.messages[:200]})")
        equal({name: (where / name).read_bytes() for name in names(where)}, before, f"files after {args}")


finish()
