"""Slides a page break through a responsibility table: 34 rows, themes merged over 13, 5 and 16 of them, tasks of one to five lines,
one to three assignments in step. A place is a height of blank above the table; every place is a section of one document, and
what stands on its pages is read from the finished PDF.

Used by tests/cases/table_slide.py (some places) and tests/long/table_slide.py (all of them)."""

import random

from home import MM, Home, Rules

LEFT, ABOVE = 25 * MM, 40 * MM
# Bodies: A4, where the table is cut two or three times, and a sheet as high as the table, where one break slides through all of it.
HEIGHTS = {'body': 216 * MM, 'tall': 850 * MM}
MASTER = '<page name="tall" width="210mm" height="931mm" top="40mm" bottom="41mm" left="25mm" right="25mm" mirrored="no"/>'
WIDTHS = [18, 10, 74, 34, 24]                       # mm: theme, number, task, department, leader
X = [LEFT + sum(WIDTHS[:k]) * MM for k in range(6)]
PITCH, PAD = 16, 3
SUFFIX = '（续）'
HEADER = {0: '重点领域', 1: '序号', 2: '任务', 3: '承办单位', 4: '牵头人'}
THEMES = [('优化营商服务环境的重点任务', 13), ('保障民生', 5), ('乡村振兴与农业现代化专项', 16)]
CHARS = '政务服务大厅窗口延时办理材料清单公开透明群众满意度提升工程项目审批流程再造数据共享平台建设运行维护基层治理能力培训计划'
VARIANTS = {'whole': ('whole', 'rowspan'), 'lines': ('lines', 'merge')}


def rows():
    """(theme, first of theme, rows of theme, number, task, [(department, leader)])"""
    pick, number = random.Random(34), 0
    text = lambda n: ''.join(CHARS[int(pick.random() * len(CHARS))] for _ in range(n))  # noqa: E731
    out = []
    for theme, count in THEMES:
        for i in range(count):
            number += 1
            task = '%s。' % text(8 + int(pick.random() * 85))
            who = [(text(3 + int(pick.random() * 14)), text(2 + int(pick.random() * 2))) for _ in range(1 + int(pick.random() * 3))]
            out.append((theme, i == 0, count, number, task, who))
    return out


ROWS = rows()


def row_markup(row, merging):
    theme, first, count, number, task, who = row
    cells = []
    if merging:
        cells.append('<cell merge="same" style="middle">%s</cell>' % theme)
    elif first:
        cells.append('<cell rowspan="%d" style="middle">%s</cell>' % (count, theme))
    cells.append('<cell style="middle">%d</cell><cell valign="top">%s</cell>' % (number, task))
    cells.append('<cell step="yes" valign="top">%s</cell>' % ''.join('<p style="left">%s</p>' % d for d, _ in who))
    cells.append('<cell step="yes" valign="top">%s</cell>' % ''.join('<p style="left">%s</p>' % p for _, p in who))
    return '<row>%s</row>' % ''.join(cells)


ATTRS = {'style': 'cell', 'frame': '1pt', 'grid': '0.5pt', 'header-rule': '0.75pt', 'pad-x': '1.5mm', 'pad-y': '%dpt' % PAD,
         'min-lines': '2', 'cut-suffix': SUFFIX}


def table_markup(variant, other=()):
    """other: attributes of the table that are not to be as they are (for the check of the check)."""
    split, how = VARIANTS[variant]
    attrs = ' '.join('%s="%s"' % a for a in dict(ATTRS, split=split, **dict(other)).items())
    return ('<table %s>%s<header><row><cell rowspan="2" style="middle">%s</cell><cell colspan="2" style="middle">事项</cell>'
            '<cell colspan="2" style="middle">责任</cell></row><row>%s</row></header>\n%s\n</table>'
            % (attrs, ''.join('<col width="%dmm"/>' % w for w in WIDTHS), HEADER[0],
               ''.join('<cell style="middle">%s</cell>' % HEADER[k] for k in (1, 2, 3, 4)),
               '\n'.join(row_markup(r, how == 'merge') for r in ROWS)))


def sections(variant, master, places, other=()):
    table = table_markup(variant, other)
    return '\n'.join('<section page="%s"><p style="plain">§%d</p><space height="%gpt"/>%s<p style="plain">完%d</p></section>'
                     % (master, i, place, table, i) for i, place in enumerate(places))


# ---- the pages of one place ----

class Part:
    """What one page holds of the table: borders of its rows, and whose they are."""

    def __init__(self, page):
        self.page, self.rules = page, Rules(page)
        self.borders = sorted(y for y, spans in self.rules.across.items() if any(b - a > 20 for a, b in spans))
        self.top, self.bottom = self.borders[0], self.borders[-1]

    def text(self, column, y0, y1):
        return self.page.text(X[column], X[column + 1] - 0.01, y0, y1)

    def bands(self):
        return list(zip(self.borders[2:], self.borders[3:]))


def frame_faults(part):
    r = part.rules
    for y in (part.top, part.bottom):
        if not r.has_across(y, X[0] - 0.5, X[5] + 0.5):
            yield 'the frame is open at y %.2f' % y
        if r.weight('h', y) != {1.0}:
            yield 'the frame at y %.2f is %s pt thick' % (y, r.weight('h', y))
    for x in (X[0], X[5]):
        if not r.has_down(x, part.top - 0.5, part.bottom + 0.5):
            yield 'the frame is open at x %.2f' % x
    for y, spans in r.across.items():
        if min(a for a, b in spans) < X[0] - 0.51 or max(b for a, b in spans) > X[5] + 0.51:
            yield 'a rule sticks out at y %.2f' % y
    for x, spans in r.down.items():
        if min(a for a, b in spans) < part.top - 0.51 or max(b for a, b in spans) > part.bottom + 0.51:
            yield 'a rule sticks out at x %.2f' % x


def header_faults(part):
    y0, y1, y2 = part.borders[:3]
    r = part.rules
    want = {0: HEADER[0], 1: '', 2: '', 3: '', 4: ''}
    if part.text(0, y0, y2) != HEADER[0]:
        yield 'header, column 0: %r' % part.text(0, y0, y2)
    if part.page.text(X[1], X[3], y0, y1) != '事项' or part.page.text(X[3], X[5], y0, y1) != '责任':
        yield 'header, first row: %r' % part.page.text(X[1], X[5], y0, y1)
    for k in (1, 2, 3, 4):
        if part.text(k, y1, y2) != HEADER[k]:
            yield 'header, column %d: %r, not %r' % (k, part.text(k, y1, y2), HEADER[k] or want)
    if r.touches(r.across, y1, X[0], X[1]) or not r.has_across(y1, X[1], X[5]):
        yield 'the rule inside the header'
    if not r.has_across(y2, X[0], X[5]) or r.weight('h', y2) != {0.75}:
        yield 'the rule below the header: %s' % r.weight('h', y2)
    for k, inside in ((1, True), (2, False), (3, True), (4, False)):
        if not r.has_down(X[k], y0 if inside else y1, y2) or (not inside and r.touches(r.down, X[k], y0, y1)):
            yield 'the header between columns %d and %d' % (k - 1, k)


def band_rows(part, state):
    """Numbers of the rows that the bands of a part show; a band without a number goes on with the row before."""
    out = []
    for y0, y1 in part.bands():
        number = part.text(1, y0, y1)
        state['row'] = int(number) if number else state['row']
        out.append((state['row'], bool(number), y0, y1))
    return out


def rule_faults(part, bands):
    r = part.rules
    for k in range(1, 5):
        if not r.has_down(X[k], part.borders[2], part.bottom):
            yield 'the rule between columns %d and %d' % (k - 1, k)
    for (above, _, _, y), (below, _, _, _) in zip(bands, bands[1:]):
        if not r.has_across(y, X[1], X[5]):
            yield 'the rule between rows %d and %d' % (above, below)
        new = ROWS[above - 1][0] != ROWS[below - 1][0]
        if new and not r.has_across(y, X[0], X[1]):
            yield 'the rule between themes above row %d' % below
        if not new and r.touches(r.across, y, X[0], X[1]):
            yield 'a rule through the theme above row %d' % below
        if r.weight('h', y) != {0.5}:
            yield 'the rule above row %d is %s pt thick' % (below, r.weight('h', y))


def label_faults(part, bands, seen):
    """Each theme's piece shows the theme, again with the suffix, in its middle."""
    at = 0
    while at < len(bands):
        theme = ROWS[bands[at][0] - 1][0]
        end = at
        while end < len(bands) and ROWS[bands[end][0] - 1][0] == theme:
            end += 1
        y0, y1 = bands[at][2], bands[end - 1][3]
        want = theme + SUFFIX * (theme in seen)
        if part.text(0, y0, y1) != want:
            yield 'theme %r of rows %d..%d shows %r' % (want, bands[at][0], bands[end - 1][0], part.text(0, y0, y1))
        baselines = [c.y for c in part.page.chars if X[0] <= c.x < X[1] and y0 <= c.y < y1]
        if baselines:   # a line: 3 pt, the em's 8.8 pt, baseline, 1.2 pt, 3 pt
            above, below = min(baselines) - 11.8 - y0, y1 - max(baselines) - 4.2
            if above < PAD - 0.1 or below < PAD - 0.1 or abs(above - below) > 0.1:
                yield 'theme %r stands %.1f below and %.1f above its rules' % (want, above, below)
        seen.add(theme)
        at = end


def step_faults(part, bands):
    """Departments and leaders begin on the same lines."""
    for number, _, y0, y1 in bands:
        lines = [sorted({round(c.y, 1) for c in part.page.chars if X[k] <= c.x < X[k + 1] and y0 <= c.y < y1}) for k in (3, 4)]
        if not set(lines[1]) <= set(lines[0]):
            yield 'row %d: leaders at %s, departments at %s' % (number, lines[1], lines[0])


def text_faults(shown):
    """shown: {(row, column): text of all pages}."""
    for _, _, _, number, task, who in ROWS:
        want = {1: str(number), 2: task, 3: ''.join(d for d, _ in who), 4: ''.join(p for _, p in who)}
        for k, text in want.items():
            if shown.get((number, k), '') != text:
                yield 'row %d, column %d: %r, not %r' % (number, k, shown.get((number, k), ''), text)


def assignment_faults(places):
    """places: {row: [(page, y) of each leader]}: each beside the first line of its department."""
    for row, (leaders, departments) in places.items():
        who = ROWS[row - 1][5]
        starts, at = [], 0
        for department, _ in who:
            starts.append(departments[at])
            at += len(department)
        at = 0
        for i, (_, leader) in enumerate(who):
            if leaders[at] != starts[i]:
                yield 'row %d: leader %d at %s, department at %s' % (row, i + 1, leaders[at], starts[i])
            at += len(leader)


def fill_faults(parts, dump, height):
    """dump: pages of the vertical list, from the place's first page on."""
    for i, part in enumerate(parts[:-1]):
        used, room = part.bottom + 0.5 - ABOVE, ABOVE + height - part.bottom - 0.5
        box = next((v for v in dump[i + 1] if v[0] == 'box'), None)
        if not box or not box[4]:
            yield 'page %d: the dump does not name what comes next' % part.page.number
        elif used < height * 2 / 3 and box[4][0] <= room + 0.02:
            yield 'page %d is %.0f %% full, and the next block (%s) is %.1f high, room %.1f' % (
                part.page.number, 100 * used / height, box[2][:20], box[4][0], room)


def line_faults(variant, parts_bands):
    """Whole rows are not cut; cut rows have two lines of each cut cell on both sides."""
    count = {}
    for part, bands in parts_bands:
        for number, _, y0, y1 in bands:
            count.setdefault(number, []).append(
                [len({round(c.y, 1) for c in part.page.chars if X[k] <= c.x < X[k + 1] and y0 <= c.y < y1}) for k in (2, 3)])
    for number, pieces in count.items():
        if len(pieces) == 1:
            continue
        if variant == 'whole':
            yield 'row %d is cut' % number
        for k in (0, 1):
            shown = [p[k] for p in pieces if p[k]]
            if len(shown) > 1 and min(shown) < 2 and k == 0:
                yield 'row %d, column %d: lines %s' % (number, k + 2, shown)


def place_faults(variant, height, pages, dump, first):
    parts = [Part(p) for p in pages if Rules(p).across]
    state, seen, shown, who, parts_bands = {'row': 0}, set(), {}, {}, []
    for part in parts:
        yield from frame_faults(part)
        yield from header_faults(part)
        bands = band_rows(part, state)
        yield from rule_faults(part, bands)
        yield from label_faults(part, bands, seen)
        yield from step_faults(part, bands)
        parts_bands.append((part, bands))
        for number, _, y0, y1 in bands:
            for k in range(1, 5):
                shown[number, k] = shown.get((number, k), '') + part.text(k, y0, y1)
            for k, at in ((4, 0), (3, 1)):
                cell = sorted((c for c in part.page.chars if X[k] <= c.x < X[k + 1] and y0 <= c.y < y1), key=lambda c: (round(c.y, 1), c.x))
                who.setdefault(number, ([], []))[at].extend((part.page.number, round(c.y, 1)) for c in cell)
    yield from text_faults(shown)
    yield from assignment_faults(who)
    yield from line_faults(variant, parts_bands)
    above = 1 if parts[0].page.number > pages[0].number else 0      # the table did not fit below the blank
    yield from fill_faults(parts, dump[above:], height)
    if above:
        used = first
        box = next(v for v in dump[1] if v[0] == 'box')
        if used < height * 2 / 3 and box[4][0] <= height - used:
            yield 'the first page is %.0f pt full, and %.1f would do' % (used, box[4][0])
    strays = [c for p in pages for c in p.chars if not (X[0] - 0.01 <= c.x < X[5])]
    if strays:
        yield 'text outside of the table: %s' % strays[:3]


def check(variant, master, places, other=()):
    """{place: faults}, and what the sliding reached: rows that a part ends behind, {(row cut between lines, lines above the cut)}."""
    home = Home(MASTER)
    home.write(sections(variant, master, places, other))
    said = home.run().messages
    dump, pages = home.vlist(), home.pages()
    starts = [i for i, p in enumerate(pages) if p.text(y1=ABOVE + PITCH).startswith('§')]
    out, behind, inside = {p: [] for p in places}, set(), set()
    if len(starts) != len(places) or len(dump) != len(pages):
        why = '%d places on %d starting pages; %d pages, %d in the dump' % (len(places), len(starts), len(pages), len(dump))
        return {places[0]: [why]}, behind, inside
    for i, (place, start) in enumerate(zip(places, starts)):
        end = starts[i + 1] if i + 1 < len(starts) else len(pages)
        try:
            out[place] = list(place_faults(variant, HEIGHTS[master], pages[start:end], dump[start:end], PITCH + place))
        except (IndexError, KeyError, ValueError, StopIteration) as why:
            out[place] = ['the header, rules or numbers are not there to be checked: %r' % why]
    for page in dump:
        for box in (v for v in page if v[0] == 'box' and v[3]):
            number, height, flags = box[3][-1]
            if 'cut' in flags:
                inside.add((number, round((height - 2 * PAD) / PITCH), 'goes-on' in flags))
            else:
                behind.add(number)
    if said:
        out[places[0]].append(said)
    return out, behind, inside


def whole():
    """Heights of the table and of its rows, on one page."""
    home = Home(MASTER)
    home.write(sections('whole', 'tall', [0]))
    home.run()
    box = next(v for page in home.vlist() for v in page if v[0] == 'box')
    return box[1], [height for _, height, _ in box[3]]


def label_height(theme, again):
    """In a column of 18 mm, less 3 mm: four characters a line."""
    return -(-len(theme + SUFFIX * again) // 4) * PITCH + 2 * PAD


def ends(heights):
    """Rows that a part may end behind: each piece of a theme is as high as its label, and no row of it is alone where one or two
    rows up neither is."""
    high, first, alone = set(), 0, set()
    for theme, count in THEMES:
        for k in range(1, count):
            above, below = sum(heights[first:first + k]), sum(heights[first + k:first + count])
            if above >= label_height(theme, False) and below >= label_height(theme, True):
                high.add(first + k)
        alone |= {first + 1, first + count - 1}
        first += count
        high.add(first)

    def stays(n):
        if n not in alone:
            return True
        for up in (n - 1, n - 2):
            if up not in high:
                return True
            if up not in alone:
                return False
        return True
    return {n for n in high if stays(n)}


def show(name, found):
    """A case for each place that has faults, one for those without."""
    from home import case
    for place, faults in found.items():
        if faults:
            case('%s-at-%g' % (name, place), lambda: faults)
    good = sum(not faults for faults in found.values())
    if good:
        case('%s-%d-places' % (name, good), lambda: [])
