#!/usr/bin/python3
"""Makes the test fonts: make.py DIR writes tiny-a.otf tiny-b.ttf tiny-c.otf tiny-d.otf and a fonts.xml of the same
roles as the shipping one. Equal bytes on every run. Layout tests use these, so that a new shipping
font breaks none of them.

All: 1000 upem, ascent 880, descent -120; ideographs and Chinese marks 1 em, Latin and digits 1/2 em.
A  CID-keyed CFF (CID = 2 x glyph + 7, as shipping Chinese faces have CID != glyph): ASCII, Latin-1 letters,
   Chinese punctuation, all of GB 2312. Plain: no GSUB, no GPOS.
B  glyf: ASCII, Chinese punctuation, level 1 of GB 2312 (3755 ideographs) in the opposite glyph order, and what
   A lacks: U+20BB7 U+2000B U+4DAE U+5803 U+5586 U+794E. Ligature f + i, 1 em wide. Accented letters are composites.
C  name-keyed CFF, ASCII only, proportional: i j l and marks 1/4 em, m w M W 3/4, others 1/2. Kerns A V by -100.
D  name-keyed CFF, the marks of Taiwan: pause and stop marks, （ and ） in the middle of their em, 「 and 」 in its halves;
   no ideographs.
No font has U+9F98. The outline of a code point is a frame with five bars whose lengths are its hexadecimal
digits: two characters never look the same, so a wrong glyph number shows in a picture. Closing marks stand in the
left half of their em, opening marks in the right half, as in real faces."""

import os
import sys

os.environ['SOURCE_DATE_EPOCH'] = '0'
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString  # noqa: E402
from fontTools.fontBuilder import FontBuilder  # noqa: E402
from fontTools.pens.t2CharStringPen import T2CharStringPen  # noqa: E402
from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: E402
from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict  # noqa: E402

UPEM, ASCENT, DESCENT = 1000, 880, -120
CLOSING = set('，。、；：！？）》】〕〉」』｝］”’')
OPENING = set('（《【〔〈「『｛［“‘')
MIDDLE = {ord(c): (350, 650) for c in '，。、；：！（）'} | {ord('？'): (200, 800)}
MARKS = set('“”‘’—…·　') | CLOSING | OPENING
BLANK = {0x20, 0xA0, 0x3000}


def gb2312(rows):
    cells = (bytes([0xA0 + row, 0xA0 + cell]) for row in rows for cell in range(1, 95))
    return {ord(c) for c in ''.join(b.decode('gb2312', 'ignore') for b in cells)}


ASCII = set(range(0x20, 0x7F)) | {0xA0}
LATIN1 = set(range(0xC0, 0x100)) - {0xD7, 0xF7} | {0xA5}
PUNCTUATION = {ord(c) for c in MARKS} | gb2312(range(1, 2)) | {0x2E3A, 0x20AC, 0xB0, 0x2103, 0x2030}
ONLY_B = {0x20BB7, 0x2000B, 0x4DAE, 0x5803, 0x5586, 0x794E}
COMPOSITES = {0xE9: ('e', 'acute'), 0xFC: ('u', 'diaeresis')}


def width(cp):
    return 500 if cp in ASCII or cp in LATIN1 else 1000


def width_c(cp):
    if chr(cp) in "ijl.,:;'!|":
        return 250
    return 750 if chr(cp) in 'mwMW' else 500


def rectangle(pen, x0, y0, x1, y1, hole=False):
    points = [(x0, y0), (x0, y1), (x1, y1), (x1, y0)]
    if hole:
        points.reverse()
    pen.moveTo(points[0])
    for p in points[1:]:
        pen.lineTo(p)
    pen.closePath()


def draw(pen, cp, advance, middle=None):
    """Frame, and a bar for each of the five low hexadecimal digits of cp, lowest digit at the bottom."""
    if cp in BLANK:
        return
    x0, x1 = 40, advance - 40
    if chr(cp) in CLOSING:
        x1 = advance // 2 - 40
    elif chr(cp) in OPENING:
        x0 = advance // 2 + 40
    if middle:
        x0, x1 = middle
    y0, y1, line = -80, 840, 20
    rectangle(pen, x0, y0, x1, y1)
    rectangle(pen, x0 + line, y0 + line, x1 - line, y1 - line, hole=True)
    room = x1 - x0 - 4 * line
    for i in range(5):
        digit = cp >> (4 * i) & 15
        if digit:
            y = y0 + 80 + i * 165
            rectangle(pen, x0 + 2 * line, y, x0 + 2 * line + room * digit // 15, y + 100)


def notdef(pen):
    """The frame alone, doubled: nothing else looks like it."""
    for inset in (0, 60):
        rectangle(pen, 40 + inset, -80 + inset, 960 - inset, 840 - inset)
        rectangle(pen, 60 + inset, -60 + inset, 940 - inset, 820 - inset, hole=True)


def name_of(cp):
    return 'u%05X' % cp


def builder(family, order, cmap, is_ttf):
    fb = FontBuilder(UPEM, isTTF=is_ttf)
    fb.setupGlyphOrder(order)
    fb.setupCharacterMap(cmap)
    fb.names = {'familyName': family, 'styleName': 'Regular', 'psName': family.replace(' ', ''),
                'uniqueFontIdentifier': family + ' 1', 'fullName': family, 'version': 'Version 1.000',
                'licenseDescription': 'MIT'}
    return fb


def finish(fb, widths, path, features=''):
    fb.setupHorizontalMetrics(widths)
    fb.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    fb.setupNameTable(fb.names, mac=False)
    fb.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, sTypoLineGap=0, usWinAscent=ASCENT,
                usWinDescent=-DESCENT, sCapHeight=840, sxHeight=500, fsType=0, achVendID='GENP')
    fb.setupPost()
    if features:
        addOpenTypeFeaturesFromString(fb.font, features)
    head = fb.font['head']
    head.created = head.modified = 0xD0000000
    fb.font.recalcTimestamp = False
    fb.save(path)


def charstrings(cps, advance, middle):
    out = {}
    for name, cp in [('.notdef', None)] + [(name_of(cp), cp) for cp in cps]:
        w = 1000 if cp is None else advance(cp)
        pen = T2CharStringPen(w, None)
        notdef(pen) if cp is None else draw(pen, cp, w, middle.get(cp))
        out[name] = pen.getCharString()
    return out


def metrics(fb, outlines, advance):
    """(advance, left side bearing) of every glyph."""
    out = {}
    for name, glyph in outlines.items():
        box = glyph.calcBounds(None) or (0, 0, 0, 0)
        out[name] = (1000 if name == '.notdef' else advance(int(name[1:], 16)), round(box[0]))
    return out


def make_cid(fb):
    """Turn the name-keyed CFF table of fb into a CID-keyed one: Adobe-Identity-0, CID = 2 x glyph + 7."""
    cff = fb.font['CFF '].cff
    top = cff.topDictIndex[0]
    order = fb.font.getGlyphOrder()
    cid = {name: 'cid%05d' % (2 * i + 7) if i else '.notdef' for i, name in enumerate(order)}
    private = top.Private
    one = FontDict()
    one.Private = private
    one.FontName = 'GenpdfTinyA-Han'
    array = FDArrayIndex()
    array.append(one)
    select = FDSelect()
    select.format = 3
    select.gidArray = [0] * len(order)
    top.ROS = ('Adobe', 'Identity', 0)
    top.CIDCount = 2 * len(order) + 8
    top.FDArray, top.FDSelect = array, select
    strings = top.CharStrings
    strings.charStrings = {cid[n]: s for n, s in strings.charStrings.items()}
    strings.fdArray, strings.fdSelect = array, select
    top.charset = [cid[n] for n in order]
    del top.Private
    for key in ('Private', 'Encoding'):
        top.rawDict.pop(key, None)
    if hasattr(top, 'Encoding'):
        del top.Encoding
    fb.font.setGlyphOrder(top.charset)
    for table in fb.font['cmap'].tables:
        table.cmap = {cp: cid[n] for cp, n in table.cmap.items()}
    hmtx = fb.font['hmtx']
    hmtx.metrics = {cid[n]: m for n, m in hmtx.metrics.items()}


def font_cff(path, family, cps, advance, features='', cid=False, middle={}):
    cps = sorted(cps)
    fb = builder(family, ['.notdef'] + [name_of(c) for c in cps], {c: name_of(c) for c in cps}, False)
    outlines = charstrings(cps, advance, middle)
    fb.setupCFF(fb.names['psName'], {'FullName': family, 'FamilyName': family, 'FontBBox': [40, -80, 960, 840]},
                outlines, {'defaultWidthX': 1000, 'nominalWidthX': 0})
    widths = metrics(fb, outlines, advance)
    if not cid:
        return finish(fb, widths, path, features)
    fb.setupHorizontalMetrics(widths)
    make_cid(fb)
    return finish(fb, fb.font['hmtx'].metrics, path)


def font_glyf(path, family, cps):
    cps = sorted(cps, reverse=True)
    parts = {'acute': (400, 860), 'diaeresis': (100, 860)}
    order = ['.notdef'] + [name_of(c) for c in cps] + sorted(parts) + ['f_i']
    fb = builder(family, order, {c: name_of(c) for c in cps}, True)
    glyphs, widths = {}, {}

    def put(name, advance, paint, base=None):
        pen = TTGlyphPen(base)
        paint(pen)
        glyphs[name] = pen.glyph()
        widths[name] = advance

    def compose(cp):
        def paint(pen):
            base, accent = COMPOSITES[cp]
            pen.addComponent(name_of(ord(base)), (1, 0, 0, 1, 0, 0))
            pen.addComponent(accent, (1, 0, 0, 1, 0, 0))
        return paint
    put('.notdef', 1000, notdef)
    for cp in cps:
        if cp not in COMPOSITES:
            put(name_of(cp), width(cp), lambda pen, cp=cp: draw(pen, cp, width(cp)))
    for name, (x, y) in parts.items():
        put(name, 500, lambda pen, x=x, y=y: rectangle(pen, x - 60, y, x, y + 20))
    put('f_i', 1000, lambda pen: draw(pen, 0x0FB01, 1000))
    for cp in COMPOSITES:
        put(name_of(cp), 500, compose(cp), glyphs)
    fb.setupGlyf({name: glyphs[name] for name in order})
    glyf = fb.font['glyf']
    sides = {name: (widths[name], getattr(glyf[name], 'xMin', 0)) for name in order}
    f, i = name_of(ord('f')), name_of(ord('i'))
    finish(fb, sides, path, 'languagesystem DFLT dflt; languagesystem latn dflt; languagesystem hani dflt;\n'
           'feature liga { sub %s %s by f_i; } liga;' % (f, i))


def font_xml(directory):
    role = '  <role name="%s" label="%s"%s>\n%s  </role>\n'
    families = ''.join('  <family id="tiny-%s" name="Genpdf Tiny %s" file="tiny-%s.%s" licence="MIT"/>\n'
                       % (n, n.upper(), n, ext) for n, ext in (('a', 'otf'), ('b', 'ttf'), ('c', 'otf'), ('d', 'otf')))
    labels = {'fangsong': '仿宋', 'kaiti': '楷体', 'heiti': '黑体', 'xiaobiaosong': '小标宋', 'songti': '宋体'}
    roles = {'fangsong': 'ab', 'kaiti': 'b', 'heiti': 'ab', 'xiaobiaosong': 'ab', 'songti': 'ba'}

    def uses(letters):
        return ''.join('    <use family="tiny-%s"/>\n' % c for c in letters)
    with open(os.path.join(directory, 'fonts.xml'), 'w', encoding='utf-8') as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<!-- Made by tests/fonts/make.py. -->\n'
                  '<fonts xmlns="urn:genpdf:fonts">\n  <path dir="."/>\n' + families)
        for lang in ('zh-Hans', 'zh-Hant'):
            for name in roles:
                out.write(role % (name, labels[name], ' lang="%s"' % lang, uses(roles[name])))
        for name in roles:
            out.write(role % (name, labels[name], ' lang="zh-Hant-TW zh-Hant-HK zh-Hant-MO"', uses('d' + roles[name])))
        for name, letter in (('halfwidth', 'a'), ('halfwidth-sans', 'b'), ('serif', 'c'), ('sans', 'c')):
            out.write(role % ('latin-' + name, name, '', uses(letter)))
        out.write(role % ('rare', '生僻字', '', uses('ba')) + '</fonts>\n')


def main():
    directory = sys.argv[1]
    os.makedirs(directory, exist_ok=True)
    where = lambda name: os.path.join(directory, name)  # noqa: E731
    font_cff(where('tiny-a.otf'), 'Genpdf Tiny A',
             ASCII | LATIN1 | PUNCTUATION | gb2312(range(1, 10)) | gb2312(range(16, 88)), width, cid=True)
    font_glyf(where('tiny-b.ttf'), 'Genpdf Tiny B',
              ASCII | PUNCTUATION | gb2312(range(16, 56)) | ONLY_B | set(COMPOSITES))
    kern = 'feature kern { pos %s %s -100; } kern;' % (name_of(ord('A')), name_of(ord('V')))
    font_cff(where('tiny-c.otf'), 'Genpdf Tiny C', ASCII - {0xA0}, width_c,
             'languagesystem DFLT dflt; languagesystem latn dflt;\n' + kern)
    font_cff(where('tiny-d.otf'), 'Genpdf Tiny D', set(MIDDLE) | {ord('「'), ord('」')}, width, middle=MIDDLE)
    font_xml(directory)


if __name__ == '__main__':
    main()
