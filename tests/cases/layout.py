#!/usr/bin/python3
"""Layouts as an author meets them: the schema of layout.xml agrees with the program, odd records lose nothing, any folder
may be a layout, messages stand at their place.

Takes: GENPDF, layouts/, records/schema/, tests/records/every-element.xml, build/tests/progs/layout-schema.  Gives: ok / not ok lines."""

import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "expect"))
from cases import BUILD, TOP, Fault, case, check, command, equal, finish, folder, genpdf  # noqa: E402

LAYOUTS = sorted(p.parent.name for p in (TOP / "layouts").glob("*/layout.xml"))
PLANS = [name for name in LAYOUTS if name.startswith("monthly-plan")]
EVERY = TESTS / "records" / "every-element.xml"
RNG = "{http://relaxng.org/ns/structure/1.0}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
tmp = folder()


def write(name, text):
    path = tmp / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def valid(schema, file):
    return command("xmllint", "--nonet", "--noout", "--relaxng", schema, file, fails=True).status == 0


def squeeze(text):
    return re.sub(r"\s+", "", text)


# ---- the schema of layout.xml ----

@case("layout-schema-is-the-table")
def _():
    made = command(BUILD / "tests" / "progs" / "layout-schema").text
    kept = (TOP / "layouts" / "layout.rng").read_text(encoding="utf-8")
    check(made == kept, "layouts/layout.rng differs: build/tests/progs/layout-schema > layouts/layout.rng")


@case("layout-schema-explains-everything")
def _():
    root = ET.parse(TOP / "layouts" / "layout.rng").getroot()
    for e in list(root.iter(RNG + "element")) + list(root.iter(RNG + "attribute")):
        langs = [d.get(XML_LANG) for d in e if d.tag.endswith("documentation") and (d.text or "").strip()]
        equal(langs, ["zh", "en"], f"languages of the documentation of {e.get('name')}")


for name in LAYOUTS:
    @case(f"layout-{name}-is-good")
    def _():
        file = TOP / "layouts" / name / "layout.xml"
        run = genpdf("check", file)
        equal(run.messages, "", "messages")
        check(valid(TOP / "layouts" / "layout.rng", file), "refused by layout.rng")
        model = '<?xml-model href="../layout.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>'
        check(model in file.read_text(encoding="utf-8"), f"its second line, for XML editors, should be {model}")


GOOD = ["", "<omit match='head/title'/>", "<colour name='c' rgb='#0aF3bC'/>", "<omit match='*/attachments-note'/>",
        "<page name='p'><frame name='f' side='none'>x<page-number/>y<page-count/></frame></page>", "<style name='s' size='cell'/>",
        "<style name='s' lang='zh-Hant-HK'/>", "<style name='s' leading='cell' keep='both' role='title'/>",
        "<page name='p' columns='0' lines='999999' mirrored='yes'/>", "<wrap name='x' autospace='0'/>"]
BAD = ["text", "<stile name='s'/>", "<style/>", "<style name=''/>", "<style name='s' sise='1pt'/>", "<colour name='c'/>",
       "<colour name='c' rgb='red'/>", "<colour name='c' rgb='#12345'/>", "<style name='s'><style name='t'/></style>",
       "<style name='s'>x</style>", "<page-number/>", "<page name='p'>x</page>", "<page name='p'><style name='t'/></page>",
       "<page name='p'><frame name='f'><span>x</span></frame></page>", "<page name='p'><frame name='f'><page-number>1</page-number></frame></page>",
       "<style name='s' align='middle'/>", "<style name='s' align=''/>", "<style name='s' keep='none next'/>",
       "<page name='p' mirrored='true'/>", "<page name='p' columns='-1'/>", "<page name='p' columns='1.5'/>",
       "<page name='p' columns='1000000'/>", "<page name='p' width='20em'/>", "<page name='p' top='-1mm'/>", "<omit/>",
       "<omit match=''/>", "<omit match='a//b'/>", "<omit match='/a'/>", "<omit match='a/'/>", "<omit match='a[1]'/>",
       "<omit match='@a'/>", "<omit match='a b'/>", "<omit match='a*'/>", "<use/>", "<templates href=''/>", "<trailer/>",
       "<style name='s' lang='zh_CN'/>", "<style name='s' lang='-'/>", "<style name='s' face=''/>", "<wrap name='x' pairs='1'/>",
       "<style xmlns='' name='s'/>", "<style xmlns:x='urn:x' name='s' x:y='1'/>", "<family id='a' file='b'/>"]
LENGTHS = {"37mm": 1, "2.54cm": 1, "28pt": 1, "0.5in": 1, "2em": 1, "2字": 1, "1行": 1, "三号": 1, "小四": 1, "小四号": 1, "初号": 1,
           "八号": 1, "0": 1, "0.0": 1, ".5em": 1, "+3pt": 1, "2 em": 1, " 3pt ": 1, "00.50mm": 1,
           "": 0, "12": 0, "12px": 0, "1.pt": 0, "三": 0, "小七": 0, "九号": 0, "-": 0, "1e3pt": 0, "1 000pt": 0, "pt": 0, "--1pt": 0,
           "cell": 0, "1pt1pt": 0, "٣mm": 0, "3 号": 0, "3pt;": 0, "１mm": 0}
EMS = {"0": 1, "0em": 1, "0.25em": 1, "4em": 1, "4.0em": 1, "3.999em": 1, ".5字": 1, "em": 0, "4.1em": 0, "5em": 0, "3pt": 0, "-0.1em": 0, "": 0}


def layout_around(more):
    return ("<layout xmlns='urn:genpdf:layout'><page name='body'/><face name='fa' role='fangsong'/><wrap name='w'/>"
            "<style name='first'/>" + more + "</layout>")


def agree(more, want):
    """The program and the schema say the same of a layout.xml with this declaration."""
    file = write("agree/layout.xml", layout_around(more))
    run = genpdf("check", file, fails=True)
    equal((run.status == 0, valid(TOP / "layouts" / "layout.rng", file)), (want, want), f"program and schema on {more}\n{run.messages}")


@case("layout-schema-agrees-on-elements")
def _():
    for more in GOOD:
        if "cell" not in more:
            agree(more, True)
    for more in BAD:
        agree(more, False)


@case("layout-schema-agrees-on-lengths")
def _():
    for value, good in LENGTHS.items():
        agree(f"<style name='s' before='{value}'/>", bool(good))
        agree(f"<style name='s' indent='-{value}'/>", bool(good) and value[:1] not in "三小初八+ ")
    for value, good in EMS.items():
        agree(f"<wrap name='x' autospace='{value}'/>", bool(good))
    for value in ("37mm", "三号", "0"):
        agree(f"<page name='p' left='{value}'/>", True)
    for value in ("2em", "1行", "2字"):
        agree(f"<page name='p' left='{value}'/>", False)


# ---- records ----

def doc(record, layout, **more):
    return genpdf(record, "-l", layout, "--stop=doc", "--lang=en", **more)


TEXT = re.compile(r'^ *text (record|generated) .*?("(?:[^"\\]|\\.)*")$', re.M)


def pieces(run):
    return [(origin, json.loads(text)) for origin, text in TEXT.findall(run.text)]


def field(run, name):
    found = re.findall(rf"^{name} (.*)$", run.text.split("\ncolour ")[0], re.M)
    return found[0] if found else ""


def expected_text(record):
    root = ET.parse(record).getroot()
    return squeeze("".join("".join(part.itertext()) for part in root if part.tag != "metadata"))


def schema_words(kind):
    """(element, attribute or None) of everything that records of a kind may hold."""
    defines = {}
    root = ET.parse(TOP / "records" / "schema" / f"{kind}.rng").getroot()
    core = ET.parse(TOP / "records" / "schema" / "core.rng").getroot()
    for d in list(core.iter(RNG + "define")) + list(root.iter(RNG + "define")):
        defines[d.get("name")] = d
    words, seen = set(), set()

    def walk(node, element):
        if node.tag == RNG + "ref":
            if (element, node.get("name")) not in seen:
                seen.add((element, node.get("name")))
                walk(defines[node.get("name")], element)
            return
        if node.tag == RNG + "element":
            element = node.get("name")
            words.add((element, None))
        if node.tag == RNG + "attribute":
            words.add((element, node.get("name")))
        for child in node:
            walk(child, element)

    walk(root.find(RNG + "start"), None)
    return words


@case("layout-every-element-is-in-the-record")
def _():
    check(valid(TOP / "records" / "schema" / "monthly-plan.rng", EVERY), "the record is not valid")
    have = set()
    for e in ET.parse(EVERY).getroot().iter():
        have |= {(e.tag, None)} | {(e.tag, "xml:lang" if k == XML_LANG else k) for k in e.attrib}
    # A title of lines excludes one of words; label and value exclude each other in metadata, which prints nothing.
    facts = {"identifier", "issuing-authority", "publisher", "source", "author", "subject", "category", "disclosure", "date"}
    missing = {w for w in schema_words("monthly-plan") - have if w[0] != "line" and not (w[0] in facts and w[1] == "label")}
    equal(missing, set(), "what the schema allows and the record lacks")


for layout in PLANS:
    @case(f"layout-every-element-is-placed-{layout}")
    def _():
        run = doc(EVERY, layout)
        equal(run.messages, "", "messages")
        placed = "".join(text for origin, text in pieces(run) if origin == "record")
        if layout != "monthly-plan-table":      # its columns have an order of their own
            equal(squeeze(placed), expected_text(EVERY), "text of the record")
        equal(sorted(squeeze(placed)), sorted(expected_text(EVERY)), "characters of the record")

    @case(f"layout-pretty-printing-is-nothing-{layout}")
    def _():
        """A line end between any two ideographs changes no text."""
        source = EVERY.read_text(encoding="utf-8")
        head, body = source.split("<body>")
        wide = "[\u4e00-\u9fff，。：；、（）《》“”]"
        broken = re.sub(f"(?<={wide})(?={wide})(?![^<>]*>)", "\n        ", body)
        check(broken.count("\n") > body.count("\n") + 150, "too few line ends")
        title = re.sub("(?<=好)", "\n  ", head)
        record = write("pretty.xml", title + "<body>" + broken)
        run, plain = doc(record, layout), doc(EVERY, layout)
        equal(run.messages, "", "messages")
        equal(pieces(run), pieces(plain), "texts")
        for name in ("title", "author", "date", "subject"):
            equal(field(run, name), field(plain, name), name)


BODY = ("<body><section number='一、'><heading>甲</heading><item number='1.'><p>乙</p></item></section></body>")


def plan(parts, lang="zh-Hans"):
    return write("odd.xml", f"<record kind='monthly-plan' version='1' xml:lang='{lang}'>{parts}</record>")


def tail(run, style):
    """Paragraphs of a style, as lists of (kind, text or width)."""
    out, rows, at = [], run.text.split("\n"), 0
    while at < len(rows):
        m = re.match(r"( *)p style=(\S+)", rows[at])
        at += 1
        if not m or m[2] != style:
            continue
        out.append([])
        while at < len(rows) and rows[at].startswith(m[1] + "  "):
            kind, row = rows[at].split()[0], rows[at]
            width = re.search(r" width=(\S+)", row)
            found = TEXT.match(row)
            out[-1].append((kind, json.loads(found[2]) if found else float(width[1]) if width else None))
            at += 1
    return out


@case("layout-title-of-lines")
def _():
    run = doc(plan("<title><line>示例市</line>\n<line>工作<em>计划</em>\n</line></title>" + BODY), "monthly-plan")
    equal(field(run, "title"), "示例市工作计划", "title")
    equal([k for k, _ in tail(run, "title-last")[0]], ["text", "br", "text", "text"], "inlines of the title")
    run = doc(plan("<title>\n  示例市\n  2031年\n  工作计划<br role='slogan'/>提速\n</title>" + BODY), "monthly-plan")
    equal(field(run, "title"), "示例市 2031年工作计划 提速", "title")


@case("layout-authorities")
def _():
    one, two = "<issuing-authority>\n 甲\n局</issuing-authority>", "<issuing-authority>乙局</issuing-authority>"
    run = doc(plan(f"<head>{one}{two}</head><title>题</title>" + BODY), "monthly-plan")
    equal(field(run, "author"), "甲局、乙局", "author")
    equal(tail(run, "issuer"), [[("text", "甲局")], [("text", "乙局")]], "issuers")
    run = doc(plan(f"<title>题</title>{BODY}<signature>{two}{one}</signature>"), "monthly-plan")
    equal(field(run, "author"), "乙局、甲局", "author")
    equal(field(run, "date"), "", "date")
    run = doc(plan(f"<metadata><issuing-authority value='丙局'/><issuing-authority value='丁局'/><date type='issued' when='2031-05'/>"
                   f"</metadata><title>题</title>{BODY}"), "monthly-plan")
    equal(field(run, "author"), "丙局、丁局", "author")
    equal(field(run, "date"), "2031-05", "date")
    run = doc(plan(f"<title>题</title>{BODY}"), "monthly-plan")
    equal((field(run, "author"), field(run, "date")), ("", ""), "author and date")


@case("layout-dates")
def _():
    """The signature's date is the document's, whatever metadata says; an empty one is written by the layout."""
    run = doc(plan("<metadata><date type='issued' when='2030-01-01'/></metadata><title>题</title>" + BODY +
                   "<signature><issuing-authority>示例局</issuing-authority><date when='2031-12-30'/></signature>"), "monthly-plan")
    equal(field(run, "date"), "2031-12-30", "date")
    check(("generated", "2031年12月30日") in pieces(run), "the date is not written out")
    # Longer than the authority (7 against 3 characters): right 2, the authority's first character 2 before its own.
    equal(tail(run, "signature"), [[("text", "示例局"), ("space", 16 * (4 + 7 - 3))]], "signature")
    equal(tail(run, "date"), [[("text", "2031年12月30日"), ("space", 32)]], "date")
    run = doc(plan("<title>题</title>" + BODY + "<signature><issuing-authority>示例市住房和城乡建设局</issuing-authority>"
                   "<person post='局长'>沈若溪</person><date when='2031-05'>\n 2031年5月 \n</date></signature>"), "monthly-plan")
    # Shorter (4.5 against 11): the authority right 2, the date's first character 2 behind the authority's.
    equal(tail(run, "signature"), [[("text", "示例市住房和城乡建设局"), ("space", 32)], [("text", "沈若溪"), ("space", 32)]], "signature")
    equal(tail(run, "date"), [[("text", "2031年5月"), ("space", 16 * (11 - 4.5))]], "date")
    run = doc(plan("<title>题</title>" + BODY + "<signature><date when='2031'/></signature>"), "monthly-plan")
    equal(tail(run, "date"), [[("text", "2031年"), ("space", 32)]], "date alone")


@case("layout-traditional")
def _():
    """Traditional characters without a region have the marks of the mainland, of Fandol; Taiwan, Hong Kong and Macau have those
    of cwTeX, in the middle of their em."""
    for lang, han in (("zh-Hant", "win-fangsong,cwtex-fangsong-han,fandol-fang"), ("zh-Hant-TW", "cwtex-fangsong,noto-serif-tc"),
                      ("zh-Hant-HK", "cwtex-fangsong,noto-serif-tc"), ("zh-Hant-MO", "cwtex-fangsong,noto-serif-tc")):
        run = doc(plan("<title>題</title>" + BODY, lang), "monthly-plan")
        face = re.search(r"^face fangsong .*$", run.text, re.M)[0]
        check(f" han={han} " in face + " ", face)
        equal(field(run, "lang"), lang, "language")


# ---- finding layouts ----

@case("layout-any-folder")
def _():
    """A copy of the layouts anywhere gives the same document, named by path or by its layout.xml."""
    shutil.copytree(TOP / "layouts", tmp / "mine")
    want = doc(EVERY, "monthly-plan-9704").text
    for given in ("mine/monthly-plan-9704/", "./mine/monthly-plan-9704", "mine/monthly-plan-9704/layout.xml", str(tmp / "mine/monthly-plan-9704") + "/"):
        equal(doc(EVERY, given, cwd=tmp).text, want, given)


@case("layout-of-ones-own")
def _():
    """A copied layout alone uses its neighbours of genpdf; a neighbour of its own comes first."""
    shutil.copytree(TOP / "layouts" / "monthly-plan-table", tmp / "office" / "plan")
    equal(doc(EVERY, "office/plan/", cwd=tmp).text, doc(EVERY, "monthly-plan-table").text.replace("layout monthly-plan-table", "layout plan"),
          "document")
    write("office/monthly-plan-9704/layout.xml",
          "<layout xmlns='urn:genpdf:layout'><use href='../monthly-plan/layout.xml'/><style name='body' size='15pt'/></layout>")
    write("office/monthly-plan-9704/templates.xsl", (TOP / "layouts/monthly-plan-9704/templates.xsl").read_text(encoding="utf-8"))
    check("style body face=fangsong wrap=text lang=zh-Hans size=15 " in doc(EVERY, "office/plan/", cwd=tmp).text, "the own neighbour is not used")
    for href in ("../../records/schema/core.rng", "../../../../../../etc/passwd", "../none/layout.xml"):
        file = write("office/bad/layout.xml", layout_around(f"<use href='{href}'/>"))
        run = genpdf("check", file, fails=True)
        check(run.status == 2 and re.search(r"\[layout-(path|file)\]", run.messages), f"{href}: {run.messages}")


@case("layout-odd-names")
def _():
    write("other.xml", layout_around(""))
    for given in ("", ".", "..", "no-such", "monthly-plan ", "Monthly-Plan", "*", "%s%n", "a\nb", "monthly-plan\\", "layout.xml", "月度计划",
                  "../no/", "/", "/etc/passwd/", "./", str(tmp) + "/"):
        run = genpdf(EVERY, "-l", given, "-o", tmp / "x.pdf", fails=True)
        equal(run.status, 2, f"status of -l {given!r}")
        check("[layout-missing]" in run.messages and run.messages.count("\n") <= 4, f"-l {given!r}: {run.messages}")
        check(not (tmp / "x.pdf").exists(), f"-l {given!r} made a PDF")
    check("did you mean monthly-plan?" in genpdf(EVERY, "-l", "montly-plan", "--lang=en", fails=True).messages, "no proposal")
    # A file that is no layout is read as one and refused at its place.
    run = genpdf(EVERY, "-l", EVERY, "--lang=en", fails=True)
    check(run.status == 2 and ":3:1: error: unknown element <record>" in run.messages, run.messages)


@case("layout-of-another-kind")
def _():
    file = tmp / "kind" / "monthly-plan" / "layout.xml"
    shutil.copytree(TOP / "layouts", tmp / "kind")
    file.write_text(file.read_text(encoding="utf-8").replace('kind="monthly-plan"', 'kind="responsibility-table"'), encoding="utf-8")
    run = genpdf(EVERY, "-l", "./kind/monthly-plan/", "-o", tmp / "x.pdf", "--lang=zh", cwd=tmp, fails=True)
    equal(run.status, 2, "status")
    check(f"{EVERY}:3:15: 错误: 版式“monthly-plan”用于文种“responsibility-table”，这份记录的文种是“monthly-plan” [layout-kind]" in run.messages, run.messages)
    check("\n  kind/monthly-plan/layout.xml:" in run.messages, "the second place is missing")
    check(not (tmp / "x.pdf").exists(), "a PDF was made")
    equal(genpdf("check", file).messages, "", "messages of the layout itself")
    file.write_text(file.read_text(encoding="utf-8").replace('kind="responsibility-table"', 'kind="monthly-pan"'), encoding="utf-8")
    said = genpdf("check", file, "--lang=en", fails=True)
    check('error: unknown kind "monthly-pan", did you mean monthly-plan?' in said.messages, said)


@case("layout-messages-name-files-as-given")
def _():
    """Paths in messages are as short as the author's own."""
    write("short/a/layout.xml", "<layout xmlns='urn:genpdf:layout'>\n<use href='../b/layout.xml'/>\n</layout>")
    write("short/b/layout.xml", layout_around("\n<style name='s' sise='3pt'/>"))
    run = genpdf("check", "short/a/", cwd=tmp, fails=True)
    equal(run.messages.split("\n")[0].split(": ")[0], "short/b/layout.xml:2:17", "place")


finish()
