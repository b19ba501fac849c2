#!/usr/bin/python3
"""Where marks stand in their em, and what a line that is too full takes from them: the mainland's give behind their ink, those of Taiwan,
Hong Kong and Macau on both sides alike. Judged by the ink of the pages.

Takes: GENPDF.  Gives: ok / not ok lines."""

import re
import statistics
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect")]
import fitz  # noqa: E402

from cases import case, check, equal, finish, folder, genpdf  # noqa: E402

tmp = folder()
DPI = 600
MARKS = "，。、；："
# Every line of the page ends somewhere else, so that some must be pressed and others pulled.
WORDS = "水庫大壩滲流監測設施安裝完成，各縣區河道巡查；山塘、堤防、泵站逐一檢查，台帳齊全。城區內澇點整治：十二處，其餘三處年底完工、驗收。"
TEXT = "".join("甲" * n + WORDS for n in range(1, 9))


def line_of_glyphs(out):
    """Lines of (character, x in mm, y of the line, size in mm) from a list dump."""
    lines, run = {}, None
    for row in out.split("\n"):
        m = re.match(r'^text ([\d.]+),([\d.]+) font \d+ ([\d.]+)pt .*"(.*)"$', row)
        if m:
            run = float(m[1]), m[2], float(m[3]) * 25.4 / 72, m[4]
        elif run and row.startswith(" "):
            places = [float(p.split("@")[1]) for p in row.split()]
            if len(places) == len(run[3]):
                lines.setdefault(run[1], []).extend((c, run[0] + dx, run[2]) for c, dx in zip(run[3], places))
            run = None
    return {y: sorted(glyphs, key=lambda g: g[1]) for y, glyphs in lines.items()}


def measure(lang):
    """(share of the mark's advance, ink free on its left and right, in em) of every mark inside a line."""
    centred = lang.count("-") == 2
    record = tmp / "news.xml"
    record.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<record kind="news" version="1" xml:lang="{lang}" year="2032">\n'
                      f'<title>甲</title>\n<body><p>{TEXT}</p></body></record>\n', encoding="utf-8")
    lines = line_of_glyphs(genpdf(record, "--stop", "list", "-o", "-").text.split("page 2")[0])
    genpdf(record, "-o", tmp / "news.pdf")
    doc = fitz.open(tmp / "news.pdf")
    page = doc[0].get_pixmap(dpi=DPI, colorspace=fitz.csGRAY)
    width, bytes_ = page.stride, page.samples
    scale = DPI / 25.4
    out = []
    # an ideograph's room: less than the size where the face is narrow
    em = statistics.median(xb - xa for g in lines.values() for (a, xa, _), (b, xb, _) in zip(g, g[1:]) if min(a, b) >= "\u4e00")
    for y, glyphs in lines.items():
        base = float(y)
        for (a, xa, _), (c, x, _), (b, xb, _) in zip(glyphs, glyphs[1:], glyphs[2:]):
            if c not in MARKS or a in MARKS or b in MARKS or not "\u4e00" <= b:
                continue
            top, bottom = int((base - 0.95 * em) * scale), int((base + 0.3 * em) * scale)
            left, right = int(xa * scale), int((xb + em) * scale)
            ink = [any(bytes_[r * width + col] < 128 for r in range(top, bottom)) for col in range(left, right)]
            free = [i for i, dark in enumerate(ink) if dark]
            # a mark in the middle that is pressed begins left of its room
            first = int((x + (0.25 * em if centred else 0)) * scale) - left
            last = int(min(xb, x + 0.8 * em) * scale) - left
            own = [i for i in free if first <= i < last]
            before = [i for i in free if i < first]
            after = [i for i in free if i >= last]
            if own and before and after:
                out.append((c, (xb - x) / em, (own[0] - before[-1]) / scale / em, (after[0] - own[-1]) / scale / em))
    return out


def natural_and_pressed(lang):
    marks = measure(lang)
    pressed = [m for m in marks if m[1] < 0.93]
    plain = [m for m in marks if 0.97 < m[1] < 1.08]
    check(len(pressed) >= 3 and len(plain) >= 3, f"{lang}: {len(pressed)} pressed, {len(plain)} plain of {len(marks)}")
    return plain, pressed


for lang in ("zh-Hans", "zh-Hant"):
    @case(f"marks-of-the-mainland-{lang}")
    def _():
        """Ink at the left; what a line takes comes from behind it."""
        plain, pressed = natural_and_pressed(lang)
        for c, advance, left, right in plain:
            check(right > left + 0.2, f"{c} stands in the middle: {left:.2f} {right:.2f}")
        usual = {c: left for c, _, left, _ in plain}
        for c, advance, left, right in pressed:
            check(right > 0.04, f"{c} touches what follows: {right:.2f}")
            check(c not in usual or abs(left - usual[c]) < 0.12, f"{c} was moved to what precedes: {left:.2f}, usually {usual.get(c)}")


for lang in ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant-MO"):
    @case(f"marks-in-the-middle-{lang}")
    def _():
        """Ink in the middle, and still there when the line presses it."""
        plain, pressed = natural_and_pressed(lang)
        for c, advance, left, right in plain + pressed:
            check(abs(left - right) < 0.2, f"{c} is not in the middle: {left:.2f} {right:.2f}, advance {advance:.2f}")
            check(min(left, right) > 0.04, f"{c} touches a neighbour: {left:.2f} {right:.2f}")


@case("marks-pressed-by-half-at-most")
def _():
    for lang in ("zh-Hans", "zh-Hant-TW"):
        for c, advance, left, right in measure(lang):
            check(advance > 0.45, f"{lang} {c}: {advance:.2f} em are left")


finish()
