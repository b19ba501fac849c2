"""The lines of what `genpdf --stop=list` prints, as gen/list/list.h has them: text, rule, pens.

Gives: TEXT, RULE (their groups have names), pens() of the line below a text."""

import re

TEXT = re.compile(r'text (?P<x>\S+),(?P<y>\S+) font (?P<font>\d+) (?P<size>\S+)pt (?P<colour>\S+) node (?P<node>\d+) (?P<origin>[RGF])'
                  r'(?P<line> line)?(?P<para> para)?(?P<turned> turned)?(?: (?P<place>\S+:\d+:\d+))? (?P<words>".*")$')
RULE = re.compile(r"rule (?P<x>\S+),(?P<y>\S+) (?P<width>\S+)x(?P<height>\S+) (?P<colour>\S+) node (?P<node>\d+) (?P<origin>[RGF])")
PEN = re.compile(r"(\d+)@([-\d.]+)(?:,([-\d.]+))?(?:/(\d+))?$")


def pens(row, words, turned=False):
    """(glyph, its characters, x, y) of each pen; x and y in mm from the text's own place, also when it is turned."""
    at = 0
    for pen in row.split():
        found = PEN.match(pen)
        if not found:
            raise ValueError(f"no pen: {pen}")
        glyph, x, y, count = found.groups()
        count = 1 if count is None else int(count)
        x, y = float(x), float(y or 0)
        yield int(glyph), words[at:at + count], *((y, -x) if turned else (x, y))
        at += count
