#!/usr/bin/python3
"""Pages of notices and work summaries, measured in the finished PDF: red head, signature, attachments, tables, page numbers, faces, grid.
Figures are those of GB/T 9704-2012 where a clause is named, custom elsewhere.

Takes: GENPDF, records/.  Gives: ok / not ok lines."""

import re
import sys
from pathlib import Path

import fitz

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect")]
from cases import TOP, case, check, equal, finish, folder, genpdf  # noqa: E402

MM = 25.4 / 72
EM = 156 / 28            # mm: a cell of the grid
PITCH = 29.61            # pt
tmp = folder()


OPEN = {}


def pages(name, *args):
    """The document; pages live as long as it does."""
    if (name, args) not in OPEN:
        pdf = tmp / f"{name}-{len(OPEN)}.pdf"
        genpdf(TOP / "records" / f"{name}.xml", "-o", pdf, *args)
        OPEN[name, args] = fitz.open(pdf)
    return OPEN[name, args]


def lines(page):
    """(top, left, right in mm, baseline in pt, spans) of every line, from top to bottom."""
    out = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            x0, y0, x1, _ = line["bbox"]
            out.append((y0 * MM, x0 * MM, x1 * MM, line["spans"][0]["origin"][1], line["spans"]))
    return sorted(out, key=lambda row: (row[3], row[1]))


def text(row):
    return "".join(span["text"] for span in row[4])


def find(page, start):
    rows = [row for row in lines(page) if text(row).startswith(start)]
    check(rows, f"no line that begins with {start!r}")
    return rows[0]


def page_of(pdf, start):
    return next(n for n, page in enumerate(pdf) if any(text(row).startswith(start) for row in lines(page)))


def near(got, want, what, by=0.3):
    check(abs(got - want) <= by, f"{what}: {got:.2f}, expected {want:.2f}")


def ink(page, y0, y1):
    """mm: top and bottom of what is not white between two heights."""
    clip = fitz.Rect(0, y0 / MM, page.rect.width, y1 / MM)
    pixels = page.get_pixmap(dpi=300, clip=clip)
    row = pixels.width * pixels.n
    dark = [n for n in range(pixels.height) if min(pixels.samples[n * pixels.stride:n * pixels.stride + row]) < 100]
    return y0 + dark[0] * 25.4 / 300, y0 + (dark[-1] + 1) * 25.4 / 300


@case("official-red-head")
def _():
    """7.2.4: the mark's upper edge 35 mm below the type area's; 7.2.7: a red rule as wide as the type area 4 mm below the number."""
    page = pages("notice-2032")[0]
    head = find(page, "示例市文化和旅游局文件")
    equal({span["color"] for span in head[4]}, {0xFF3333}, "colour of the mark")
    near(ink(page, 60, 90)[0], 72.0, "upper edge of the mark")
    number = ink(page, 100, 115)
    rules = [d["rect"] for d in page.get_drawings() if d.get("fill") and d["fill"][0] > 0.9 > d["fill"][1]]
    equal(len(rules), 1, "red rules")
    near(rules[0].width * MM, 156, "length of the red rule", 0.1)
    near(rules[0].y0 * MM - number[1], 4.0, "distance of the red rule")
    other = pages("notice-2031-joint")[0]
    check(not [d for d in other.get_drawings() if d.get("fill") and d["fill"][0] > 0.9 > d["fill"][1]], "a red rule without a red head")


def signature(page, names, date):
    """7.3.5.2: the date begins two characters right of the authority; the longer of both ends two characters before the right edge."""
    right = 184 if page.number % 2 == 0 else 182
    rows = [next(row for row in lines(page) if text(row) == name) for name in names]
    day = find(page, date)
    near(day[1] - rows[-1][1], 2 * EM, "date right of the authority")
    longer = max(rows[-1][2], day[2]) if day[2] - day[1] > rows[-1][2] - rows[-1][1] else rows[-1][2]
    near(right - longer, 2 * EM, "what the longer one leaves at the right")
    equal(sorted(row[0] for row in rows + [day]), [row[0] for row in rows + [day]], "order")
    for row in rows:
        near(row[2], rows[-1][2], "right ends of the authorities", 0.1)


@case("official-signature-of-one")
def _():
    pdf = pages("notice-2032")
    page = pdf[page_of(pdf, "2032年2月27日")]
    signature(page, ["示例市文化和旅游局"], "2032年2月27日")
    body = [row for row in lines(page) if row[3] < find(page, "2032年2月27日")[3] - 2 * PITCH]
    check(len(body) >= 2, "the signature stands on a page without text")
    near(find(page, "（此件公开发布）")[1] - (28 if page.number % 2 == 0 else 26), 2 * EM, "indent of the annotation")


@case("official-signature-of-three")
def _():
    pdf = pages("notice-2031-joint")
    signature(pdf[page_of(pdf, "二〇三一年五月九日")], ["示例市教育局", "示例市应急管理局", "示例市水利局"], "二〇三一年五月九日")


@case("official-attachments")
def _():
    """7.3.7: a page of its own, the label on the first line at the left edge, the title on the third."""
    pdf = pages("notice-2032")
    starts = []
    for label, title in (("附件1", "2032年全市文化和旅游重点任务责任分解表"), ("附件2", "2032年市级文化惠民演出场次安排表")):
        page = pdf[page_of(pdf, label)]
        first = lines(page)[0]
        equal(text(first), label, "first line")
        left = 28 if page.number % 2 == 0 else 26
        near(first[1], left, "left edge of the label")
        row = find(page, title)
        near((row[3] - first[3]) / PITCH, 2.25, "lines from the label to the title, which is larger", 0.15)
        near((row[1] + row[2]) / 2, left + 78, "middle of the title")
        starts.append(page.number)
    equal(page_of(pdf, "2032年全市文化和旅游工作要点") < starts[0] < starts[1], True, "order of the parts")
    note = find(pdf[starts[0] - 1], "附件：1.2032年全市")
    second = find(pdf[starts[0] - 1], "2.2032年市级")
    near(second[1] - note[1], 3 * EM, "second attachment below the first one's number")


@case("official-page-numbers")
def _():
    """7.5, 7.3.7: numbered through, right on odd pages, left on even ones."""
    for name in ("notice-2032", "work-summary-2031"):
        pdf = pages(name)
        for page in pdf:
            row = find(page, "— ")
            equal(text(row), f"— {page.number + 1} —", "page number")
            near(row[2] if page.number % 2 == 0 else row[1], 184 - 4.94 if page.number % 2 == 0 else 26 + 4.94, "place of the number", 0.4)


@case("official-table")
def _():
    """The header on every page of the table; names of two characters as wide as three; rows of one assignment level."""
    pdf = pages("notice-2032")
    first, last = page_of(pdf, "附件1"), page_of(pdf, "附件2")
    check(last - first >= 2, "a table of one page proves nothing")
    for page in list(pdf)[first:last]:
        heads = [text(row).strip() for row in lines(page)]
        check("序号" in heads and "完成时限" in heads, f"page {page.number + 1} has no header")
    page = pdf[first]
    names = [row for row in lines(page) if re.fullmatch(r"何\s*苗|方\s*毅|沈若溪", text(row))]
    widths = [row[2] - row[1] for row in names]
    check(len(widths) >= 3 and max(widths) - min(widths) < 0.3, f"widths of names {widths}")
    pairs = [[row for row in lines(page) if re.sub(r"\s", "", text(row)) in group] for group in (("公共服务处", "顾明河"), ("艺术处", "丁一诺"))]
    for group in pairs:
        by_line = {round(row[3]) for row in group}
        check(any(sum(round(row[3]) == y for row in group) == 2 for y in by_line), "a unit and its person are not level")


@case("official-distribution")
def _():
    """7.4: the last rule on the lower edge of the last page's type area; office left, date right."""
    page = pages("notice-2032")[-1]
    rules = sorted(d["rect"].y1 * MM for d in page.get_drawings() if d["rect"].width * MM > 150 and d["rect"].height * MM < 1)
    near(rules[-1], 262.0, "last rule")
    row = find(page, "示例市文化和旅游局办公室")
    left = 28 if page.number % 2 == 0 else 26
    rows = [other for other in lines(page) if abs(other[3] - row[3]) < 1]
    check("2032年2月28日印发" in "".join(text(other) for other in rows), "the date is not on the office's line")
    near(rows[0][1], left + 4.94, "office, one character from the left")
    near(rows[-1][2], left + 156 - 4.94, "date, one character from the right")


@case("official-grid")
def _():
    """5.2: 22 lines a page, 28 characters a line."""
    for name in ("notice-2032", "work-summary-2031"):
        page = pages(name)[3]
        left = 26
        rows = [row for row in lines(page) if row[0] < 262]
        steps = {round((b[3] - a[3]) / PITCH, 2) for a, b in zip(rows, rows[1:]) if b[3] - a[3] > 1}
        check(all(abs(step - round(step)) < 0.02 for step in steps), f"{name}: steps of lines {steps}")
        full = [row for row in rows if row[2] - row[1] > 154]
        check(full and all(abs(row[1] - left) < 0.1 for row in full), f"{name}: left edges")


def face(row, start):
    """The font of the span that holds the first character of `start`."""
    return next(span["font"] for span in row[4] if start[0] in span["text"])


@case("official-faces")
def _():
    """7.3.3: 一、 heiti, （一） kaiti; run-in headings of 一是 kaiti (custom), the text behind them fangsong."""
    pdf = pages("work-summary-2031")
    row = find(pdf[0], "一是重大通道")
    fonts = [span["font"] for span in row[4]]
    check("Kai" in fonts[0] and "Fang" in fonts[-1], f"{fonts}")
    check("Hei" in find(pdf[0], "一、2031年")[4][0]["font"], "heading of level 1")
    check("Kai" in find(pdf[0], "（一）抓项目")[4][0]["font"], "heading of level 2")
    item = next(row for page in pdf for row in lines(page) if text(row).startswith("1.城乡客运"))
    check("Fang" in item[4][0]["font"], "an item below a heading of level 2 has kaiti too")
    notice = pages("notice-2032")
    item = next(row for page in notice for row in lines(page) if text(row).startswith("1.深入开展"))
    check("Kai" in item[4][0]["font"], "the run-in heading of an item right below level 1")


@case("official-metadata-block")
def _():
    """Ruled, before the title; left out by work-summary-plain."""
    page = pages("work-summary-2031")[0]
    title = find(page, "示例市交通运输局2031年")
    facts = [row for row in lines(page) if row[0] < title[0]]
    check({"索引号", "发布机构", "公开方式"} <= {text(row) for row in facts}, "labels")
    check(not any("访问" in text(row) or ">" in text(row) for row in lines(page)), "parts of the web page are printed")
    plain = pages("work-summary-2031", "-l", "work-summary-plain")[0]
    check(text(lines(plain)[0]).startswith("示例市交通运输局2031年"), "the title is not first")


finish()
