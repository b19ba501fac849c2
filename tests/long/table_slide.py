#!/usr/bin/python3
"""A page break slides through every row and every line of a table of 34 rows, in steps of half a line, with rows kept whole and rows cut
between lines; what is checked at each place stands in tests/table/slide.py. At the end: was every end of a part reached that
the rules allow, and no other?"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'table'))
import slide  # noqa: E402
from home import case, finish  # noqa: E402

STEP, AT_ONCE = slide.PITCH / 2, 40


def slide_all(variant, master, low):
    height, found, behind, inside = slide.HEIGHTS[master], {}, set(), set()
    places = [low + i * STEP for i in range(int((height - low - slide.PITCH) / STEP))]
    for i in range(0, len(places), AT_ONCE):
        new, b, c = slide.check(variant, master, places[i:i + AT_ONCE])
        found.update(new)
        behind |= b
        inside |= c
    slide.show('slide-%s-%s' % (variant, master), found)
    return behind, inside


def lines_of(number):
    """Lines of the row's task: 30 characters each."""
    return -(-len(slide.ROWS[number - 1][4]) // LINE)


total, heights = slide.whole()
LINE = int((slide.WIDTHS[2] - 3) * 72 / 25.4 / 10)
allowed = slide.ends(heights)
for variant in slide.VARIANTS:
    slide_all(variant, 'body', 0)
    behind, inside = slide_all(variant, 'tall', slide.HEIGHTS['tall'] - total - 20)
    if variant == 'whole':
        case('slide-whole-every-end', lambda: [] if behind == allowed and not inside else [
            'not reached: %s, not allowed: %s, cut: %s' % (sorted(allowed - behind), sorted(behind - allowed), sorted(inside))])
    else:
        # A task of n lines is cut behind 2 … n - 2 of them, where departments do not stand in the way.
        reached = {(row, lines) for row, lines, again in inside if not again}
        free = {row[3] for row in slide.ROWS if len(row[5]) == 1 and sum(map(len, row[5][0])) < 12}
        wanted = {(row, k) for row in free for k in range(2, lines_of(row) - 1)}
        case('slide-lines-every-line', lambda: [] if wanted and wanted <= reached and len(reached) > 20 else ['wanted %s, reached %s' % (
            sorted(wanted), sorted(reached))])
        case('slide-lines-no-other-end', lambda: [] if behind <= allowed else ['not allowed: %s' % sorted(behind - allowed)])
finish()
