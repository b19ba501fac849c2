#!/usr/bin/python3
"""The two text equations (layout-language.md of the design), over all characters but white space, in order:
(a) record runs of --stop=runs = the record's text - what the layout omits; pdftotext -raw = all runs;
(b) source = record + what the import's report lists as dropped (tests/import/equation.py).

Takes: GENPDF, records/, tests/golden/*/record.xml, records/drafts/, shared/ when there.  Gives: ok / not ok lines."""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import fitz

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect"), str(TESTS / "import")]
import equation  # noqa: E402
from cases import SHARED, TOP, Fault, case, check, command, equal, finish, folder, genpdf  # noqa: E402

LAYOUT_SPACE = "{urn:genpdf:layout}"
tmp = folder()


def squeeze(text):
    return re.sub(r"\s+", "", text)


def same(got, want, what):
    """Equal, or the first place that differs."""
    for i in range(max(len(got), len(want))):
        if got[i:i + 1] != want[i:i + 1]:
            raise Fault(f"{what}: character {i + 1} is {got[i:i + 12]!r}, expected {want[i:i + 12]!r}")


def omitted(layout):
    """The names that a layout and those it uses declare as <omit>."""
    file = TOP / "layouts" / layout / "layout.xml" if isinstance(layout, str) else layout
    root = ET.parse(file).getroot()
    out = {e.get("match") for e in root.iter(LAYOUT_SPACE + "omit")}
    for use in root.iter(LAYOUT_SPACE + "use"):
        out |= omitted((file.parent / use.get("href")).resolve())
    return out


def printed(e, names):
    """Text of e in reading order, without that of elements of these names. Comments hold none."""
    return "".join(equation.said(e, (), names))


def parts(layout):
    """Layouts that a layout and those it uses give to included records, by kind: <part>."""
    file = TOP / "layouts" / layout / "layout.xml" if isinstance(layout, str) else layout
    root = ET.parse(file).getroot()
    out = {}
    for use in root.iter(LAYOUT_SPACE + "use"):
        out |= parts((file.parent / use.get("href")).resolve())
    return out | {e.get("name"): e.get("layout") for e in root.iter(LAYOUT_SPACE + "part")}


def printed_file(record, layout):
    """The same of a record with those it includes, each without what the layout of its own kind omits."""
    root = ET.parse(record).getroot()
    for e in root.iter("include"):
        file = Path(record).parent / e.get("href")
        kind = ET.parse(file).getroot().get("kind")
        e.text = printed_file(file, parts(layout).get(kind, kind))
    return printed(root, omitted(layout))


def kind_of_name(stem):
    """The kind that the name of a draft or a source begins with."""
    kinds = [p.stem for p in (TOP / "records" / "schema").glob("*.rng") if stem.startswith(p.stem + "-")]
    return max(kinds, key=len)


def layouts_of(record=None, kind=None):
    """Layouts of a record's kind: KIND, and the folders KIND-x."""
    kind = kind or ET.parse(record).getroot().get("kind")
    return [p.parent.name for p in sorted(TOP.glob("layouts/*/layout.xml")) if (p.parent.name + "-").startswith(kind + "-")]


def runs(*args):
    """(page, origin, text) of every piece on the pages."""
    out = []
    for row in genpdf("--stop=runs", *args).text.split("\n"):
        if row:
            page, origin, text = row.split("\t")
            check(origin in "RGF", f"origin {origin}")
            out.append((int(page), origin, re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n"}.get(m[1], m[1]), text)))
    return out


def equation_a(record, layout, source=None, draft=False):
    """record: where its text is read; source: what is rendered when it is another file."""
    given = [source or record, "-l", layout] + ["--draft"] * draft
    names = omitted(layout)
    for name in names:
        check(re.fullmatch(r"[\w-]+", name), f"<omit match=\"{name}\">: this test knows plain names only")
    pieces = runs(*given)
    said = "".join(text for _, origin, text in pieces if origin == "R")
    same(squeeze(said), squeeze(printed_file(record, layout)), "record runs")
    pages = [page for page, _, _ in pieces]
    equal(pages, sorted(pages), "order of pages")
    pdf = tmp / "a.pdf"
    genpdf(*given, "-o", pdf)
    for page, text in enumerate(command("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").text.split("\f")[:-1], 1):
        shown = "".join(piece for number, _, piece in pieces if number == page)
        same(squeeze(text), squeeze(shown), f"page {page} of the PDF")
    equal(page, pages[-1], "pages of the PDF")
    return pieces


records = sorted((TOP / "records").glob("*.xml")) + sorted((TESTS / "golden").glob("*/record.xml"))
drafts = sorted((TOP / "records" / "drafts").glob("*.txt"))
sources = sorted((SHARED / "sources").glob("*.txt"))

for record in records:
    name = record.parent.name if record.name == "record.xml" else record.stem
    for layout in layouts_of(record):
        @case(f"roundtrip-a-{name}-{layout}")
        def _(record=record, layout=layout):
            pieces = equation_a(record, layout)
            numbers = [text for _, origin, text in pieces if origin == "F"]
            if layout in ("monthly-plan", "monthly-plan-9704"):
                equal(numbers, [f"— {n} —" for n in range(1, pieces[-1][0] + 1) if layout != "monthly-plan"], "furniture")

for draft in drafts + sources:
    imported, report = tmp / f"{draft.stem}.xml", tmp / f"{draft.stem}.report"

    @case(f"roundtrip-b-{draft.stem}")
    def _():
        genpdf("import", draft, "-o", imported, "--report", report)
        why = equation.fault(draft.read_bytes(), imported.read_bytes(), report.read_bytes().decode("utf-8"))
        check(not why, why)

    for layout in layouts_of(kind=kind_of_name(draft.stem)):
        @case(f"roundtrip-a-draft-{draft.stem}-{layout}")
        def _(layout=layout):
            equation_a(imported, layout, source=draft)


@case("roundtrip-a-marked-as-draft")
def _():
    """--draft draws a mark on every page and says nothing more."""
    record = TOP / "records" / "monthly-plan-2031-05.xml"
    equation_a(record, "monthly-plan", draft=True)
    marked = [len(page.get_drawings()) for page in fitz.open(tmp / "a.pdf")]
    genpdf(record, "-o", tmp / "plain.pdf")
    plain = [len(page.get_drawings()) for page in fitz.open(tmp / "plain.pdf")]
    equal(plain, [0] * len(plain), "drawings of the pages without --draft")
    check(len(marked) == len(plain) and all(marked), f"drawings of the pages with --draft: {marked}")


@case("roundtrip-generated")
def _():
    """Generated runs are exactly the as-written marks of the record, here where no date is empty."""
    root = ET.parse(TOP / "records" / "monthly-plan-2031-06.xml").getroot()
    want = "".join(e.get(k, "") for e in root.iter() if e.tag != "category" for k in ("number", "label"))
    got = "".join(text for _, origin, text in runs(TOP / "records" / "monthly-plan-2031-06.xml") if origin == "G")
    same(squeeze(got), squeeze(want), "generated runs")


finish()
