"""Reads what `genpdf --stop=list` prints (gen/list/list.h has the form), and finds the original font files that it names."""

import json
import os
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'expect'))
import listform  # noqa: E402

# Lengths in points from the sheet's top left corner, y down; size in points.
Page = namedtuple('Page', 'number width height fonts glyphs rules')
Glyph = namedtuple('Glyph', 'font id x y size colour text turned', defaults=(False,))  # turned: a quarter counter-clockwise
Rule = namedtuple('Rule', 'x y width height colour')
Font = namedtuple('Font', 'name file')

MM = 72 / 25.4


def colour_of(word):
    return int(word.split('#')[1], 16) if '#' in word else 0


def glyphs_of(item, row, number):
    turned = bool(item['turned'])
    try:
        for glyph, characters, x, y in listform.pens(row, json.loads(item['words']), turned):
            yield Glyph(int(item['font']), glyph, (float(item['x']) + x) * MM, (float(item['y']) + y) * MM, float(item['size']),
                        colour_of(item['colour']), characters, turned)
    except ValueError as why:
        sys.exit(f'line {number}: {why}')


def parse(text):
    pages, item = [], None
    for number, line in enumerate(text.split('\n'), 1):
        if line.startswith(' ') and item:
            pages[-1].glyphs.extend(glyphs_of(item, line, number))
            item = None
        elif line.startswith('page '):
            word = line.split()
            width, height = word[2].split('x')
            pages.append(Page(int(word[1]), float(width) * MM, float(height) * MM, {}, [], []))
        elif line.startswith('font '):
            _, font, name, file = line.split(' ', 3)
            pages[-1].fonts[int(font)] = Font(name, file)
        elif line.startswith('text '):
            found = listform.TEXT.match(line)
            if not found:
                sys.exit(f'line {number} is no text of a list: {line}')
            item = found.groupdict()
        elif line.startswith('rule '):
            found = listform.RULE.match(line)
            pages[-1].rules.append(Rule(*(float(v) * MM for v in found.group('x', 'y', 'width', 'height')), colour_of(found['colour'])))
        elif line.startswith(('tree', 'meta ')):
            break
    return pages


def font_folders():
    build = os.environ.get('B', 'build')
    yield from (Path(build, 'testfonts'), Path(build, 'fonts'))
    if os.environ.get('GENPDF_FONTS'):
        yield from map(Path, os.environ['GENPDF_FONTS'].split(':'))
    yield from (Path.home() / '.fonts', Path('/usr/local/share/fonts'), Path('/usr/share/fonts'), Path('/usr/share/texmf/fonts'),
                Path('/usr/share/texlive/texmf-dist/fonts/opentype'))


def find_font(font):
    """(path, face number) of the face with this PostScript name in a file of this name."""
    from fontTools.ttLib import TTCollection, TTFont
    for folder in font_folders():
        for path in sorted(folder.rglob(font.file)) if folder.is_dir() else ():
            with open(path, 'rb') as file:
                collection = file.read(4) == b'ttcf'
            faces = TTCollection(str(path), lazy=True).fonts if collection else [TTFont(str(path), lazy=True)]
            for number, face in enumerate(faces):
                if face['name'].getDebugName(6) == font.name:
                    return str(path), number
    sys.exit(f'no font file {font.file} with a face {font.name}')


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}\n{done.stderr.decode('utf-8', 'replace')}")
    return done.stdout


def documents(folder):
    """(name, PDF file, text of its list): the one made by hand, and every record there is."""
    build = os.environ.get('B', 'build')
    hand = Path(build, 'tests', 'test_out_pdf')
    if hand.exists():
        run(hand, '--write', folder)
        yield 'hand', str(Path(folder, 'hand.pdf')), Path(folder, 'hand.list').read_text(encoding='utf-8')
    genpdf = os.environ.get('GENPDF', f'{build}/genpdf')
    if not os.access(genpdf, os.X_OK):
        return
    for record in sorted(Path('records').glob('*.xml')):
        pdf = Path(folder, record.stem + '.pdf')
        run(genpdf, record, '-o', pdf)
        yield record.stem, str(pdf), run(genpdf, '--stop=list', record).decode('utf-8')
