#!/usr/bin/python3
"""fonts/fonts.xml and the font files it names; the test fonts keep the promises of tests/fonts/make.py."""
import filecmp
import hashlib
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

from fontTools.ttLib import TTFont

NS = '{urn:genpdf:fonts}'
ROLES = 'fangsong kaiti heiti xiaobiaosong songti'.split()
LATIN = 'latin-halfwidth latin-halfwidth-sans latin-serif latin-sans'.split()
B = os.environ.get('B', 'build')


def case(name, problem):
    print('not ok %s: %s' % (name, problem) if problem else 'ok ' + name)


class Fonts:
    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.root, self.folder = root, os.path.dirname(path)
        self.families = {f.get('id'): f for f in root.iter(NS + 'family')}
        self.roles = [(r.get('name'), r.get('lang'), [u.get('family') for u in r]) for r in root.iter(NS + 'role')]

    def faults(self):
        ids = [f.get('id') for f in self.root.iter(NS + 'family')]
        for i in {i for i in ids if ids.count(i) > 1}:
            yield 'two families ' + i
        for name, lang, uses in self.roles:
            for use in uses:
                if use not in self.families:
                    yield 'role %s uses unknown family %s' % (name, use)
        used = {u for _, _, uses in self.roles for u in uses}
        for name in ROLES + ['rare']:
            for lang in ('zh-Hans', 'zh-Hant'):
                if not [r for r in self.roles if r[0] == name and r[1] in (lang, None) and r[2]]:
                    yield 'no role %s for %s' % (name, lang)
        for name in LATIN:
            if (name, None) not in [r[:2] for r in self.roles]:
                yield 'no role ' + name
        for i, f in self.families.items():
            if not f.get('name') or not f.get('file'):
                yield i + ' without name or file'
            if f.get('licensed') and (f.get('source') or f.get('licence')):
                yield i + ' is both licensed and free'
            if f.get('source') and not (f.get('licence') and len(f.get('sha256', '')) == 64):
                yield i + ' is fetched without licence or sha256'
        yield from self.order_faults(used)

    def order_faults(self, used):
        """Licensed faces first, and a free one behind them."""
        for name, lang, uses in self.roles:
            free = [self.families[u].get('licensed') is None for u in uses if u in self.families]
            if free != sorted(free) or not free or not free[-1]:
                yield 'role %s %s: licensed first, a free one last' % (name, lang)


def check_files(fonts, where):
    """Every fetched face: the file is there, is the face that fonts.xml says, may be embedded."""
    faults = []
    for i, f in sorted(fonts.families.items()):
        if not f.get('source'):
            continue
        path = os.path.join(where, f.get('file'))
        if not os.path.exists(path):
            faults.append('%s: no %s (make fonts)' % (i, path))
            continue
        font = TTFont(path, fontNumber=int(f.get('index', 0)), lazy=True)
        names = {n.toUnicode() for n in font['name'].names if n.nameID in (1, 16)}
        if f.get('name') not in names:
            faults.append('%s: is %s' % (i, sorted(names)))
        if font['OS/2'].fsType & 0x0302:
            faults.append('%s: fsType %#x forbids embedding a subset' % (i, font['OS/2'].fsType))
        cell = font['hmtx'][font.getBestCmap()[0x4E00]][0] if 0x4E00 in font.getBestCmap() else None
        size = float(f.get('scale', 1)) * (cell or 0) / font['head'].unitsPerEm
        if cell and abs(size - 1) > 0.001:
            faults.append('%s: an ideograph is %.4f em wide after scaling' % (i, size))
        licences = os.listdir(os.path.join(where, 'licences'))
        if f.get('source') + '.copyright' not in licences:
            faults.append('%s: no licence text of %s' % (i, f.get('source')))
    return '; '.join(faults)


def check_sums(fonts, where):
    """None where Debian has other files than ours: that is news, not a fault."""
    for f in fonts.families.values():
        path = os.path.join(where, f.get('file'))
        if f.get('sha256') and os.path.exists(path):
            with open(path, 'rb') as data:
                if hashlib.sha256(data.read()).hexdigest() != f.get('sha256'):
                    return f.get('file')
    return ''


def check_halfwidth(fonts, where):
    """Free faces of latin-halfwidth*: every printable ASCII character is half an em."""
    for name, _, uses in fonts.roles:
        for use in uses if name.startswith('latin-halfwidth') else ():
            f = fonts.families[use]
            if f.get('source'):
                font = TTFont(os.path.join(where, f.get('file')), fontNumber=int(f.get('index', 0)), lazy=True)
                cmap, em = font.getBestCmap(), font['head'].unitsPerEm
                odd = [chr(c) for c in range(0x20, 0x7F) if font['hmtx'][cmap[c]][0] * 2 != em]
                if odd:
                    return '%s: %s' % (use, ''.join(odd))
    return ''


def gb2312(rows):
    return {ord(c) for r in rows for k in range(1, 95) for c in bytes([160 + r, 160 + k]).decode('gb2312', 'ignore')}


def check_tiny(folder):
    a, b, c, d = (TTFont(os.path.join(folder, n)) for n in ('tiny-a.otf', 'tiny-b.ttf', 'tiny-c.otf', 'tiny-d.otf'))
    A, Bm, C, D = a.getBestCmap(), b.getBestCmap(), c.getBestCmap(), d.getBestCmap()
    case('tiny A has GB 2312', '' if gb2312(range(1, 88)) <= set(A) else 'no')
    case('tiny A lacks U+20BB7, B has it', '' if 0x20BB7 in Bm and 0x20BB7 not in A else 'no')
    case('tiny B lacks level 2', '' if not gb2312(range(56, 88)) & set(Bm) else 'no')
    case('no tiny font has U+9F98', '' if 0x9F98 not in set(A) | set(Bm) | set(C) else 'no')
    odd = [hex(cp) for m, f in ((A, a), (Bm, b)) for cp, g in m.items()
           if f['hmtx'][g][0] != (500 if cp < 0xA1 or cp in range(0xC0, 0x100) and cp not in (0xD7, 0xF7)
                                  or cp == 0xA5 else 1000)]
    case('tiny A and B: Latin half an em, all else one', ' '.join(odd))
    for name, f, m in (('A', a, A), ('B', b, Bm), ('C', c, C), ('D', d, D)):
        seen, glyphs = {}, f.getGlyphSet()
        for cp, g in m.items():
            pen = Record()
            glyphs[g].draw(pen)
            if pen.value:
                seen.setdefault(tuple(pen.value), []).append(hex(cp))
        case('tiny %s: no two outlines alike' % name, '; '.join(' '.join(v) for v in seen.values() if len(v) > 1))
        case('tiny %s: metrics' % name, '' if (f['hhea'].ascent, f['hhea'].descent, f['head'].unitsPerEm,
             f['OS/2'].sTypoAscender, f['OS/2'].sTypoDescender) == (880, -120, 1000, 880, -120) else 'wrong')
    top = a['CFF '].cff.topDictIndex[0]
    cids = [int(n[3:]) for n in top.charset[1:]] if hasattr(top, 'ROS') else []
    case('tiny A is CID-keyed, CID is not the glyph number', '' if cids and cids == [2 * i + 7 for i in range(
        1, len(cids) + 1)] else 'no')
    case('tiny C is name-keyed', 'no' if hasattr(c['CFF '].cff.topDictIndex[0], 'ROS') else '')
    case('tiny B has the ligature and composites', '' if 'GSUB' in b and b['glyf'][Bm[0xE9]].isComposite() else 'no')


class Record:
    def __init__(self):
        self.value = []

    def __getattr__(self, name):
        return lambda *points: self.value.append((name, points))


def check_same_bytes():
    made = os.path.join(os.environ['TMPDIR'], 'again')
    subprocess.run([sys.executable, 'tests/fonts/make.py', made], check=True)
    names = ['tiny-a.otf', 'tiny-b.ttf', 'tiny-c.otf', 'fonts.xml']
    _, differ, errors = filecmp.cmpfiles(made, os.path.join(B, 'testfonts'), names, shallow=False)
    return ' '.join(differ + errors)


def main():
    fonts, tiny = Fonts('fonts/fonts.xml'), Fonts(os.path.join(B, 'testfonts/fonts.xml'))
    where = 'build/fonts'
    case('fonts.xml', '; '.join(fonts.faults()))
    case('fonts.xml of the test fonts', '; '.join(tiny.faults()))
    case('every fetched face is what fonts.xml says and may be embedded', check_files(fonts, where))
    other = check_sums(fonts, where)
    print('skip sha256: Debian has another %s' % other if other else 'ok sha256')
    case('half-width Latin is half an em', check_halfwidth(fonts, where))
    check_tiny(os.path.join(B, 'testfonts'))
    case('test fonts: equal bytes on two runs', check_same_bytes())


main()
