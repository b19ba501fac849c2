#!/usr/bin/python3
"""Pages as poppler and MuPDF draw them, compared with the display list drawn from the original font files (never from the PDF):
the ink of every glyph, ink missing, ink where the list has none.

A renderer puts a glyph on whole or quarter pixels, so each may stand up to half a pixel off; what is left then is
measured against the glyph's ink. In text of free Chinese fonts at 16 pt a right glyph leaves up to 0.20 (MuPDF) and 0.34
(poppler), its nearest lookalikes (人 for 入) 0.31 and more; 0.25 and 0.45 are the limits. Exact places and outlines: outline.py.

picture.py            the list made by hand by the unit tests, and all records (up to PICTURE_PAGES pages of each, 2)
picture.py PDF LIST   one PDF and the list it was made from, all pages"""

import collections
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'picture'))
import draw  # noqa: E402
import listdump  # noqa: E402

DPI = 150 # for 16 pt; smaller type is drawn larger, so that its glyphs have as many pixels (see fit)
LIMITS = {'mupdf': 0.25, 'poppler': 0.45}
STRAY = 0.4  # darkness two pixels away from any wanted ink


def render(pdf, page, folder):
    """{renderer: darkness of the page}"""
    number, out = str(page), {}
    for name, command in (
            ('poppler', ['pdftoppm', '-r', str(DPI), '-gray', '-singlefile', '-f', number, '-l', number, pdf, f'{folder}/poppler']),
            ('mupdf', ['mutool', 'draw', '-q', '-r', str(DPI), '-c', 'gray', '-F', 'pgm', '-o', f'{folder}/mupdf.pgm', pdf, number])):
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        out[name] = draw.read_pgm(f'{folder}/{name}.pgm')
    return out


def blurred(ink):
    for axis in (0, 1):
        ink = (numpy.roll(ink, 1, axis) + 2 * ink + numpy.roll(ink, -1, axis)) / 4
    return ink


def shifted(ink, by, axis):
    whole = int(numpy.floor(by))
    rest = by - whole
    return (1 - rest) * numpy.roll(ink, whole, axis) + rest * numpy.roll(ink, whole + 1, axis)


def spread(ink, by):
    """The darkest within `by` pixels."""
    for axis in (0, 1):
        ink = numpy.max([numpy.roll(ink, i, axis) for i in range(-by, by + 1)], axis=0)
    return ink


def em_box(g):
    if g.turned:
        return g.x - 0.9 * g.size, g.y - g.size, g.x + 0.15 * g.size, g.y
    return g.x, g.y - 0.9 * g.size, g.x + g.size, g.y + 0.15 * g.size


class Boxes:
    """Sums over the em boxes of a page's glyphs, and a margin of pixels."""

    def __init__(self, page, shape, top, left):
        scale = DPI / 72
        edges = [(int(y0 * scale) - 1 - top, int(y1 * scale) + 2 - top, int(x0 * scale) - 1 - left, int(x1 * scale) + 2 - left)
                 for x0, y0, x1, y1 in map(em_box, page.glyphs)]
        limit = [[shape[0]], [shape[0]], [shape[1]], [shape[1]]]
        self.edges = numpy.clip(numpy.array(edges).T.reshape(4, -1), 0, limit)
        self.total = numpy.zeros((shape[0] + 1, shape[1] + 1))

    def sums(self, values):
        numpy.cumsum(values, 0, out=self.total[1:, 1:])
        numpy.cumsum(self.total[1:, 1:], 1, out=self.total[1:, 1:])
        y0, y1, x0, x1 = self.edges
        return self.total[y1, x1] - self.total[y0, x1] - self.total[y1, x0] + self.total[y0, x0]


def crop(wanted, got):
    """Both without their empty edges, and what was cut off at top and left."""
    height, width = (min(a, b) for a, b in zip(wanted.shape, got.shape))
    wanted, got = wanted[:height, :width], got[:height, :width]
    rows, columns = ((wanted + got).max(axis).nonzero()[0] for axis in (1, 0))
    if not len(rows):
        return wanted[:1, :1], got[:1, :1], 0, 0
    top, left = max(0, rows[0] - 4), max(0, columns[0] - 4)
    return wanted[top:rows[-1] + 5, left:columns[-1] + 5], got[top:rows[-1] + 5, left:columns[-1] + 5], top, left


def differences(page, wanted, got):
    """For each glyph the ink that differs, in parts of its ink, at the best of 25 places half a pixel around."""
    wanted, got, top, left = crop(wanted, got)
    boxes = Boxes(page, wanted.shape, top, left)
    ink = numpy.maximum(numpy.maximum(boxes.sums(wanted), boxes.sums(got)), 0.5)
    wanted, got, best = blurred(wanted), blurred(got), None
    for down in numpy.arange(-0.5, 0.51, 0.25):
        lower = shifted(wanted, down, 0)
        for right in numpy.arange(-0.5, 0.51, 0.25):
            here = boxes.sums(numpy.abs(shifted(lower, right, 1) - got))
            best = here if best is None else numpy.minimum(best, here)
    return best / ink


def stray_faults(wanted, got):
    wanted, got, top, left = crop(wanted, got)
    for text, there, here in (('ink that the list does not have', got, wanted), ('ink is missing', wanted, got)):
        far = blurred(there) - spread(here, 2)
        if far.max() > STRAY:
            y, x = numpy.unravel_index(far.argmax(), far.shape)
            yield f'{text} at {(x + left) * 25.4 / DPI:.1f},{(y + top) * 25.4 / DPI:.1f} mm'


def faults(page, wanted, pictures):
    for renderer, got in pictures.items():
        if not page.glyphs and not page.rules:
            continue
        found = [f'“{page.glyphs[i].text}” at {page.glyphs[i].x / listdump.MM:.1f},{page.glyphs[i].y / listdump.MM:.1f} mm differs by {d:.2f}'
                 for i, d in enumerate(differences(page, wanted, got)) if d > LIMITS[renderer] and page.glyphs[i].text.strip()]
        for fault in found + list(stray_faults(wanted, got)):
            yield f'page {page.number}, {renderer}: {fault}'


def chosen(pages, most):
    """Up to `most` of them, first and last included."""
    if len(pages) <= most:
        return list(pages)
    return [pages[i * (len(pages) - 1) // (most - 1)] for i in range(most)]


def fit(pages):
    """Resolution at which the smallest common type of the pages is as large as 16 pt at 150."""
    global DPI
    sizes = collections.Counter(round(g.size, 1) for page in pages for g in page.glyphs)
    common = [size for size, n in sizes.items() if n >= 20] or [16]
    DPI = max(150, min(300, round(150 * 16 / min(common))))


def check(pdf, text, folder, most):
    found, pages = [], listdump.parse(text)
    fit(pages)
    pen = draw.Pen(DPI)
    for page in chosen(pages, most):
        found += faults(page, pen.page(page), render(pdf, page.number, folder))
    return found


def check_the_check(pdf, text, folder):
    """A glyph exchanged, one moved, one left out, a rule left out: each is found, at its place."""
    page = listdump.parse(text)[0]
    fit([page])
    pen = draw.Pen(DPI)
    pictures = render(pdf, 1, folder)
    at = next(i for i, g in enumerate(page.glyphs) if g.text == '市')
    other = next(g for g in page.glyphs if g.text == '示' and g.font == page.glyphs[at].font)
    glyph = page.glyphs[at]
    swaps = {'exchanged': [glyph._replace(id=other.id)], 'moved': [glyph._replace(y=glyph.y + 1)], 'left-out': []}
    for name, instead in swaps.items():
        changed = page._replace(glyphs=page.glyphs[:at] + instead + page.glyphs[at + 1:])
        found = list(faults(changed, pen.page(changed), pictures))
        want = '“市”' if instead else 'the list does not have'
        yield f'glyph-{name}', all(any(renderer in f and want in f for f in found) for renderer in pictures), found
    changed = page._replace(rules=[])
    found = list(faults(changed, pen.page(changed), pictures))
    yield 'rule-left-out', all(any(renderer in f and 'the list does not have' in f for f in found) for renderer in pictures), found


def main():
    most = int(os.environ.get('PICTURE_PAGES', 2))
    seen = failed = 0
    with tempfile.TemporaryDirectory(dir=os.environ.get('TMPDIR')) as folder:
        if len(sys.argv) == 3:
            found = check(sys.argv[1], Path(sys.argv[2]).read_text(encoding='utf-8'), folder, 10 ** 9)
            print('\n'.join(found) or 'equal')
            return len(found) > 0
        for name, pdf, text in listdump.documents(folder):
            seen += 1
            found = check(pdf, text, folder, most)
            failed += len(found) > 0
            print(f'not ok picture-{name} {found[0]}' if found else f'ok picture-{name}')
            print(''.join(f'# {f}\n' for f in found[1:]), end='')
            if name != 'hand':
                continue
            for case, good, found in check_the_check(pdf, text, folder):
                failed += not good
                print(f'ok picture-finds-{case}' if good else f'not ok picture-finds-{case} found: {found}')
    if not seen:
        print('not ok picture nothing is built')
        failed = 1
    return failed > 0


sys.exit(main())
