"""A home of its own for the tests of tables: a layout "t" whose records hold the result vocabulary itself, so that a case is a piece
of markup; and what was made of it: messages, the vertical list, and the pages of the finished PDF as rules and characters.

Lengths in points from the sheet's top left corner, y down."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import atexit
from collections import namedtuple
from pathlib import Path

import fitz

TOP = Path(__file__).resolve().parents[2]
BUILD = (TOP / os.environ.get('B', 'build')).resolve()
GENPDF = os.environ.get('GENPDF', str(BUILD / 'genpdf'))
MM = 72 / 25.4

SCHEMA = """<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <start><element name="record"><attribute name="kind"/><attribute name="version"/>
    <optional><element name="metadata"><text/></element></optional><ref name="any"/></element></start>
  <define name="any"><element><anyName/><zeroOrMore><attribute><anyName/></attribute></zeroOrMore>
    <zeroOrMore><choice><text/><ref name="any"/></choice></zeroOrMore></element></define>
</grammar>
"""
# A body of 160 × 216 mm; cells of 10 pt on 16 pt.
LAYOUT = """<layout xmlns="urn:genpdf:layout" kind="t" label="t">
  <use href="../base/layout.xml"/>
  <templates href="templates.xsl"/>
  <page name="wide" width="297mm" height="210mm" top="25mm" bottom="25mm" left="40mm" right="41mm" mirrored="no"/>
  <page name="turned" top="40mm" bottom="41mm" left="28mm" right="22mm" mirrored="yes" turn="yes">
    <frame name="odd" side="odd" x="28mm" y="265mm" width="160mm" style="number-odd">— <page-number/> —</frame>
    <frame name="even" side="even" x="22mm" y="265mm" width="160mm" style="number-even">— <page-number/> —</frame>
  </page>
  <page name="body" top="40mm" bottom="41mm" left="25mm" right="25mm" mirrored="no"/>
  <style name="plain" based-on="body" size="10pt" leading="16pt" gap="split" wrap="solid"/>
  <style name="kept" based-on="plain" keep="next"/>
  <style name="together" based-on="plain" keep="together"/>
  <style name="cell" based-on="plain"/>
  <style name="left" based-on="cell" align="start"/>
  <style name="number-odd" based-on="plain" align="end" role="none"/>
  <style name="number-even" based-on="plain" align="start" role="none"/>
  <style name="middle" based-on="cell" align="centre"/>
  <style name="spread" based-on="cell" align="distribute"/>
  <style name="right" based-on="cell" align="end"/>
  <style name="large" based-on="cell" size="20pt" leading="30pt"/>
  <colour name="pale" rgb="#DDEEFF"/>
%s
</layout>
"""
TEMPLATES = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/record"><xsl:copy-of select="*"/></xsl:template>
</xsl:stylesheet>
"""

Box = namedtuple('Box', 'x0 y0 x1 y1 rgb')
Char = namedtuple('Char', 'c x y size up')     # x, y: where its baseline begins; up: it is written upwards
Run = namedtuple('Run', 'status messages')


class Page:
    def __init__(self, number, width, height, boxes, chars):
        self.number, self.width, self.height, self.boxes, self.chars = number, width, height, boxes, chars

    def text(self, x0=-1e9, x1=1e9, y0=-1e9, y1=1e9):
        """Characters that begin inside, line by line."""
        inside = [c for c in self.chars if x0 - NEAR <= c.x < x1 - NEAR and y0 <= c.y < y1]
        return ''.join(c.c for c in sorted(inside, key=lambda c: (round(c.y, 1), c.x)))


class Home:
    def __init__(self, more=''):
        self.dir = Path(tempfile.mkdtemp(prefix='table-', dir=os.environ.get('TMPDIR')))
        atexit.register(shutil.rmtree, self.dir, True)
        (self.dir / 'layouts/t').mkdir(parents=True)
        (self.dir / 'records/schema').mkdir(parents=True)
        (self.dir / 'fonts').mkdir()
        shutil.copytree(TOP / 'layouts/base', self.dir / 'layouts/base')
        (self.dir / 'records/schema/t.rng').write_text(SCHEMA, encoding='utf-8')
        (self.dir / 'layouts/t/layout.xml').write_text(LAYOUT % more, encoding='utf-8')
        (self.dir / 'layouts/t/templates.xsl').write_text(TEMPLATES, encoding='utf-8')
        self.record = self.dir / 'r.xml'

    def write(self, sections):
        self.record.write_text('<?xml version="1.0" encoding="UTF-8"?>\n<record kind="t" version="1">'
                               '<document xmlns="urn:genpdf:layout">\n%s\n</document></record>\n' % sections, encoding='utf-8')

    def run(self, *options, out='r.pdf', fails=False):
        env = dict(os.environ, GENPDF_HOME=str(self.dir), GENPDF_FONTS=str(BUILD / 'testfonts'))
        done = subprocess.run([GENPDF, '--lang=en', *options, str(self.record), '-o', str(self.dir / out)], env=env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        # The layout declares what all the tables need; each uses a part of it.
        said = re.sub(r'.*\[layout-unused\]\n( .*\n)*', '', done.stderr.decode('utf-8', 'replace'))
        if done.returncode < 0 or done.returncode > 3 or (done.returncode and not fails):
            raise AssertionError('status %d: %s' % (done.returncode, said[:600]))
        return Run(done.returncode, said)

    def vlist(self):
        """Pages of the vertical list: lists of (word, height, rest of the line); lines below a box belong to it."""
        self.run('--stop=vlist', out='r.vlist')
        return read_vlist((self.dir / 'r.vlist').read_text(encoding='utf-8'))

    def pages(self):
        with fitz.open(self.dir / 'r.pdf') as pdf:
            return [read_page(pdf[i], i + 1) for i in range(pdf.page_count)]

    def make(self, sections):
        self.write(sections)
        self.said = self.run().messages
        return self.pages()


def read_vlist(text):
    pages = []
    for line in text.splitlines():
        if line.startswith('page '):
            pages.append([])
            continue
        word, height, *rest = line.split(None, 2)
        if word == 'row':
            number, height, *flags = line.split()[1:]
            pages[-1][-1][3].append((int(number), float(height), flags))
        elif word == 'least':
            pages[-1][-1][4].append(float(height))
        else:
            pages[-1].append((word, float(height), rest[0] if rest else '', [], []))
    return pages


def rgb_of(colour):
    return tuple(round(c, 2) for c in colour or (0, 0, 0))


def read_page(page, number):
    boxes, chars = [], []
    for path in page.get_cdrawings():
        if path['type'] != 'f':
            raise AssertionError('a path that is no filled box')
        for item in path['items']:
            assert item[0] == 're', item
            boxes.append(Box(*item[1], rgb_of(path['fill'])))
    for block in page.get_text('rawdict', flags=fitz.TEXT_PRESERVE_WHITESPACE | fitz.TEXT_INHIBIT_SPACES)['blocks']:
        for line in block['lines']:
            for span in line['spans']:
                chars += [Char(c['c'], *c['origin'], span['size'], line['dir'] == (0, -1)) for c in span['chars']]
    width, height = page.rect.width, page.rect.height
    return Page(number, width, height, boxes, chars)


# ---- rules ----

NEAR = 0.06     # points that two places may differ by and still be one


def merge(intervals, gap=NEAR):
    out = []
    for a, b in sorted(intervals):
        if out and a <= out[-1][1] + gap:
            out[-1][1] = max(out[-1][1], b)
        else:
            out.append([a, b])
    return out


class Rules:
    """The thin boxes of a page: {place of the middle: intervals}, and how thick they are."""

    def __init__(self, page, thick=4):
        self.across, self.down, self.weights = {}, {}, {}
        for b in page.boxes:
            if b.y1 - b.y0 <= thick and b.x1 - b.x0 > b.y1 - b.y0:
                self.add(self.across, 'h', (b.y0 + b.y1) / 2, b.x0, b.x1, b.y1 - b.y0)
            elif b.x1 - b.x0 <= thick:
                self.add(self.down, 'v', (b.x0 + b.x1) / 2, b.y0, b.y1, b.x1 - b.x0)

    def add(self, rules, kind, at, a, b, weight):
        at = next((k for k in rules if abs(k - at) < NEAR), at)
        rules.setdefault(at, []).append((a, b))
        self.weights.setdefault((kind, round(at, 2)), set()).add(round(weight, 2))

    @staticmethod
    def covers(rules, at, a, b):
        found = next((rules[k] for k in rules if abs(k - at) < NEAR), [])
        return any(x <= a + NEAR and y >= b - NEAR for x, y in merge(found))

    @staticmethod
    def touches(rules, at, a, b):
        """Some ink strictly inside a..b."""
        found = next((rules[k] for k in rules if abs(k - at) < NEAR), [])
        return any(x < b - 1 and y > a + 1 for x, y in found)

    def has_across(self, y, x0, x1):
        return self.covers(self.across, y, x0, x1)

    def has_down(self, x, y0, y1):
        return self.covers(self.down, x, y0, y1)

    def weight(self, kind, at):
        return next((w for (k, place), w in self.weights.items() if k == kind and abs(place - at) < NEAR), set())


# ---- cases ----

failed = 0


def case(name, function, *args):
    """Runs a check: an AssertionError is a failure; a returned list of faults too."""
    global failed
    try:
        faults = function(*args) or []
    except (AssertionError, KeyError, IndexError, ValueError, TypeError, StopIteration) as why:
        faults = ['%s: %s' % (type(why).__name__, why)]
        if os.environ.get('TABLE_TRACE'):
            raise
    if faults:
        failed += 1
        print('not ok %s %s' % (name, str(faults[0]).replace('\n', ' | ')[:400]))
        for fault in faults[1:6]:
            print('  ', str(fault)[:400])
    else:
        print('ok', name)
    sys.stdout.flush()


def finish():
    sys.exit(1 if failed else 0)
