#!/usr/bin/python3
"""For every glyph that a PDF shows: its place is the list's, and the outline which the embedded font has for its code
are those of the original font file's glyph that the list names. Text extraction and pictures of one renderer cannot tell this:
a wrong glyph number keeps the text intact, and all viewers agree on the wrong glyph.

outline.py            the list made by hand by the unit tests, and all records
outline.py PDF LIST   one PDF and the list it was made from"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'picture'))
import listdump  # noqa: E402
import pdfread  # noqa: E402


class Fault(Exception):
    pass


def check_places(page, shown):
    """Each glyph within 0.001 em of the list; 0.003 pt for the digits of the dump and of the first place of a line."""
    if len(shown) != len(page.glyphs):
        raise Fault(f'page {page.number}: {len(shown)} glyphs shown, {len(page.glyphs)} in the list')
    for glyph, s in zip(page.glyphs, shown):
        slack = 0.001 * glyph.size + 0.003
        if s.turned != glyph.turned:
            raise Fault(f'page {page.number}: “{glyph.text}” is turned in the list or in the file alone')
        if abs(s.size - glyph.size) > 0.001:
            raise Fault(f'page {page.number}: “{glyph.text}” has size {s.size}, not {glyph.size}')
        if abs(s.x - glyph.x) > slack or abs(page.height - s.y - glyph.y) > slack:
            raise Fault(f'page {page.number}: “{glyph.text}” at {s.x:.3f},{page.height - s.y:.3f}, not {glyph.x:.3f},{glyph.y:.3f}')


def used_codes(pdf, pages):
    """(object of the Type0 font, code) -> (font of the list, glyph, text); a code stands for one glyph."""
    used, count = {}, 0
    for page, sheet in zip(pages, pdf.pages()):
        fonts, shown = pdf.fonts(sheet), list(pdf.shown(sheet))
        check_places(page, shown)
        count += len(shown)
        for glyph, s in zip(page.glyphs, shown):
            key, value = (fonts[s.font], s.code), (page.fonts[glyph.font], glyph.id)
            if used.setdefault(key, (*value, glyph.text))[:2] != value:
                raise Fault(f'page {page.number}: code {s.code} of {s.font} stands for two glyphs, “{used[key][2]}” and “{glyph.text}”')
    return used, count


def check_outlines(pdf, used):
    embedded, widths, original = {}, {}, {}
    for (ref, code), (font, glyph, text) in sorted(used.items()):
        if ref not in embedded:
            embedded[ref] = pdfread.Embedded(pdf, pdf.get(ref))
            widths[ref] = pdfread.Widths(pdf, pdf.get(ref))
        if font not in original:
            original[font] = pdfread.Original(*listdump.find_font(font))
        got, want = embedded[ref], original[font]
        if got.upem != want.upem:
            raise Fault(f'{font.name}: {got.upem} units per em, not {want.upem}')
        try:
            # The advance may be another than the glyph's: it holds the gap behind it. W must say the same, and then the places are right.
            outline, advance = got.outline(code)
        except (KeyError, IndexError):
            raise Fault(f'{font.name}: code {code} (“{text}”) has no glyph')
        wanted = want.outline(glyph)[0]
        if outline != wanted:
            raise Fault(f'{font.name}: code {code} (“{text}”) has not the outline of glyph {glyph}')
        if abs(widths[ref].of(code) - 1000 * advance / got.upem) > 0.0005001:
            raise Fault(f'{font.name}: code {code} (“{text}”) has the width {widths[ref].of(code)} for {advance}/{got.upem}')


def check(path, text):
    pdf, pages = pdfread.Pdf(path), listdump.parse(text)
    if pdf.doc.page_count != len(pages):
        raise Fault(f'{pdf.doc.page_count} pages, {len(pages)} in the list')
    used, count = used_codes(pdf, pages)
    if not used:
        raise Fault('no text')
    check_outlines(pdf, used)
    return f'{count} glyphs, {len(used)} codes'


def main():
    if len(sys.argv) == 3:
        print(check(sys.argv[1], Path(sys.argv[2]).read_text(encoding='utf-8')))
        return 0
    failed = seen = 0
    with tempfile.TemporaryDirectory(dir=os.environ.get('TMPDIR')) as folder:
        for name, path, text in listdump.documents(folder):
            seen += 1
            try:
                figures = check(path, text)
                print(f'ok outline-{name}\n# {figures}')
            except Fault as fault:
                failed += 1
                print(f'not ok outline-{name} {fault}')
    if not seen:
        print('not ok outline nothing is built')
        failed = 1
    return failed > 0


sys.exit(main())
