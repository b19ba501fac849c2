#!/usr/bin/python3
"""A page break slides through a table of 34 rows: some places of those that tests/long/table_slide.py tries; what is checked at
each stands in tests/table/slide.py. Before that, the check itself is checked on tables that are wrong on purpose."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'table'))
import slide  # noqa: E402
from home import case, finish  # noqa: E402

WRONG = [('no-suffix', 'cut-suffix', '', 'shows'), ('no-header-again', 'repeat-header', 'no', 'header'), ('no-grid', 'grid', 'none', 'between'),
         ('thin-frame', 'frame', '0.5pt', 'frame'), ('no-header-rule', 'header-rule', 'none', 'header'),
         ('one-line', 'min-lines', '1', 'lines ['), ('open-frame', 'frame-x', 'none', 'open at x')]


def finds(attribute, value, word):
    found, _, _ = slide.check('lines', 'body', [0, 48, 300, 308, 316], [(attribute, value)])
    if not any(word in fault for faults in found.values() for fault in faults):
        return ['%s="%s" is not noticed: %s' % (attribute, value, found)]


def some(variant, master):
    height = slide.HEIGHTS[master]
    low = 0 if master == 'body' else height - slide.whole()[0] - 20
    step = (height - low) / (14 if master == 'body' else 24)
    return [round(low + i * step, 1) for i in range(int((height - low - 16) / step))]


for name, attribute, value, word in WRONG:
    case('slide-finds-' + name, finds, attribute, value, word)
for variant in slide.VARIANTS:
    for master in slide.HEIGHTS:
        found, behind, inside = slide.check(variant, master, some(variant, master))
        slide.show('slide-%s-%s' % (variant, master), found)
        case('slide-%s-%s-reaches' % (variant, master), lambda: [] if len(behind) + len(inside) > 8 else [(behind, inside)])
finish()
