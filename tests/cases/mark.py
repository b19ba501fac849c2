#!/usr/bin/python3
"""--mark=送审稿: on every page of every layout, drawn and not written: it is no part of the text, moves nothing, is an artifact, and
looks as the layout says.

Takes: GENPDF, records/, layouts/.  Gives: ok / not ok lines."""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import fitz

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import TOP, case, check, command, equal, finish, folder, genpdf  # noqa: E402

MM = 25.4 / 72
tmp = folder()


def shapes(page, colour=None):
    """Boxes in mm of what is filled and is no rectangle."""
    return [d["rect"] * MM for d in page.get_drawings()
            if any(i[0] == "c" for i in d["items"]) and
            (colour is None or all(abs(a - b) < 0.01 for a, b in zip(d["fill"], colour)))]


opened_files = []           # a page does not live without its document


def first_page(pdf):
    opened_files.append(fitz.open(pdf))
    return opened_files[-1][0]


def box_of(rects):
    return min(r.x0 for r in rects), min(r.y0 for r in rects), max(r.x1 for r in rects), max(r.y1 for r in rects)


done = set()
for record in sorted(TOP.glob("records/*.xml")):
    kind = ET.parse(record).getroot().get("kind")
    for layout in sorted(p.parent.name for p in TOP.glob("layouts/*/layout.xml")):
        if not (layout + "-").startswith(kind + "-") or layout in done:
            continue
        done.add(layout)

        @case(f"mark-{layout}")
        def _(record=record, layout=layout):
            plain, marked = tmp / "plain.pdf", tmp / "marked.pdf"
            genpdf(record, "-l", layout, "-o", plain)
            genpdf(record, "-l", layout, "--mark=征求意见稿", "-o", marked)
            text = [command("pdftotext", "-raw", "-enc", "UTF-8", f, "-").text for f in (plain, marked)]
            equal(text[1], text[0], "text of the PDF")
            equal(genpdf("--stop=runs", record, "-l", layout, "--mark=征求意见稿").text,
                  genpdf("--stop=runs", record, "-l", layout).text, "runs")
            before, pages = fitz.open(plain), fitz.open(marked)
            equal(len(pages), len(before), "pages")
            for number, page in enumerate(pages, 1):
                new = [r for r in shapes(page) if r not in shapes(before[number - 1])]
                check(new, f"no mark on page {number}")
                x0, y0, x1, y1 = box_of(new)
                top = min((b[1] for b in page.get_text("blocks")), default=900) * MM
                check(y1 < top + 0.01 and y0 > 3, f"page {number}: the mark reaches from {y0:.1f} to {y1:.1f} mm, text begins at {top:.1f}")
                check(18 < x1 - x0 < 35, f"page {number}: the mark is {x1 - x0:.1f} mm wide")


@case("mark-stands-at-the-type-area")
def _():
    """On odd and even pages of a mirrored sheet: 28 and 26 mm."""
    genpdf(TOP / "records" / "chronicle-2031.xml", "--mark=送审稿", "-o", tmp / "c.pdf")
    for number, page in enumerate(fitz.open(tmp / "c.pdf"), 1):
        left = box_of(shapes(page))[0]
        check(abs(left - (28 if number % 2 else 26)) < 0.8, f"page {number}: {left:.2f} mm")


@case("mark-is-an-artifact-without-transparency")
def _():
    record = TOP / "records" / "news-2032-07-pipes.xml"
    genpdf(record, "--mark=送审稿", "-o", tmp / "n.pdf")
    data = command("qpdf", "--qdf", "--object-streams=disable", "--stream-data=uncompress", tmp / "n.pdf", "-").out
    stream = next(s for s in re.findall(rb"stream\n(.*?)endstream", data, re.S) if b" c\n" in s and b"BDC" in s)
    at = stream.index(b" c\n")
    opened = re.findall(rb"(/\w+)[^\n]*BDC|EMC", stream[:at])
    check(opened and opened[-1] == b"/Artifact", f"the mark stands in {opened[-1:]}")
    check(not re.search(rb"/(ca|CA|SMask|ExtGState)\b", data), "transparency")
    genpdf(record, "--mark=送审稿", "-o", tmp / "n2.pdf")
    check((tmp / "n.pdf").read_bytes() == (tmp / "n2.pdf").read_bytes(), "two runs differ")


@case("mark-any-words")
def _():
    record = TOP / "records" / "news-2032-07-pipes.xml"
    genpdf(record, "--mark", "送审稿（第2稿）", "-o", tmp / "a.pdf")
    genpdf(record, "--mark", " 送审稿 ", "-o", tmp / "b.pdf")
    genpdf(record, "--mark", "送审稿", "-o", tmp / "c.pdf")
    check((tmp / "b.pdf").read_bytes() == (tmp / "c.pdf").read_bytes(), "blanks around it count")
    wide = [box_of(shapes(first_page(tmp / f))) for f in ("a.pdf", "c.pdf")]
    check(wide[0][2] - wide[0][0] > 2 * (wide[1][2] - wide[1][0]), f"{wide}")
    for words in ("", "  "):
        equal(genpdf(record, "--mark", words, "-o", tmp / "x.pdf", fails=True).status, 2, repr(words))
    run = genpdf(record, "--mark", "甲\U000F1234", "-o", tmp / "x.pdf", fails=True)
    check(run.status == 2 and "[glyph-missing]" in run.messages, run)


@case("mark-looks-as-the-layout-says")
def _():
    """Another place, size and colour by two declarations; a second frame behind the text; none at all on a page without frames of it."""
    mine = tmp / "mine"
    mine.mkdir()
    (mine / "layout.xml").write_text("""<layout xmlns="urn:genpdf:layout" kind="news"><use href="../news/layout.xml"/>
  <page name="body"><frame name="draft-mark" x="150mm" y="20mm"/>
    <frame name="behind" x="28mm" y="120mm" width="156mm" style="behind"><draft-mark/></frame></page>
  <colour name="pale" rgb="#DDDDDD"/>
  <style name="draft-mark" size="二号" leading="24pt" colour="red"/>
  <style name="behind" based-on="draft-mark" size="60pt" leading="60pt" align="centre" colour="pale"/></layout>""", encoding="utf-8")
    record = TOP / "records" / "news-2032-07-pipes.xml"
    genpdf(record, "-l", mine, "--mark=草稿", "-o", tmp / "m.pdf")
    page = first_page(tmp / "m.pdf")
    red = box_of(shapes(page, (1, 0.2, 0.2)))
    check(150 < red[0] < 152 and 20 < red[1] < 24, f"the mark: {red}")
    pale = shapes(page, (221 / 255,) * 3)
    check(pale, "no mark behind the text")
    left, _, right, _ = box_of(pale)
    check(abs((left + right) / 2 - 106) < 1.5, f"centre of the mark behind the text: {(left + right) / 2:.1f} mm")
    content = command("qpdf", "--qdf", "--stream-data=uncompress", tmp / "m.pdf", "-").out
    check(content.rindex(b" c\n") < content.index(b" Tf"), "the mark is drawn over the text")
    genpdf(record, "-l", mine, "-o", tmp / "none.pdf")
    equal(first_page(tmp / "none.pdf").get_drawings(), [], "drawings without --mark")


@case("mark-of-a-layout-that-knows-none")
def _():
    """A layout of its own, without base: the mark stands in the head all the same."""
    mine = tmp / "bare"
    mine.mkdir()
    (mine / "layout.xml").write_text("""<layout xmlns="urn:genpdf:layout"><templates href="t.xsl"/>
  <page name="p" top="30mm" left="40mm"/><face name="f" role="songti"/><wrap name="w"/><style name="s" face="f" wrap="w" size="12pt"/>
</layout>""", encoding="utf-8")
    (mine / "t.xsl").write_text("""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
<xsl:template match="/record"><document><section><xsl:for-each select="title | body//p"><p><xsl:apply-templates/></p></xsl:for-each>
</section></document></xsl:template></xsl:stylesheet>""", encoding="utf-8")
    genpdf(TOP / "records" / "news-2032-07-pipes.xml", "-l", mine, "--mark=草稿", "-o", tmp / "bare.pdf")
    left, top, _, bottom = box_of(shapes(first_page(tmp / "bare.pdf")))
    check(abs(left - 40) < 1 and 9 < top < bottom < 30, f"{left:.1f} {top:.1f} {bottom:.1f}")


finish()
