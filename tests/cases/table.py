#!/usr/bin/python3
"""Tables: columns, cells, merged cells, rules, pages, and what is said when something does not fit. Each case is a piece of markup
(tests/table/), checked in the finished PDF: where rules and characters stand."""

import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'table'))
from home import MM, NEAR, Home, Rules, case, finish, merge  # noqa: E402
from markup import ABOVE, FOOT, LEFT, PITCH, RIGHT, c, cols, header, p, row, section, space, table  # noqa: E402

HOME = Home()
LINE = PITCH + 4                    # a row of one line with 2 pt above and below


def near(got, want, what, by=0.06):
    assert abs(got - want) <= by, '%s: %.2f, not %.2f' % (what, got, want)


def same(got, want, what):
    assert got == want, '%s: %r, not %r' % (what, got, want)


def make(*blocks, clean=True):
    pages = HOME.make(section(*blocks))
    assert not clean or not HOME.said, HOME.said
    return pages


def said(*words):
    for word in words:
        assert word in HOME.said, 'not said: %s; but: %s' % (word, HOME.said or 'nothing')


def verticals(page):
    return sorted(Rules(page).down)


def horizontals(page):
    return sorted(Rules(page).across)


def widths(page):
    x = verticals(page)
    return [(b - a) / MM for a, b in zip(x, x[1:])]


def closed(page):
    """The outer rules of what stands on the page are whole."""
    r = Rules(page)
    x, y = sorted(r.down), sorted(r.across)
    for at in (y[0], y[-1]):
        assert r.has_across(at, x[0], x[-1]), 'open at y %.1f on page %d' % (at, page.number)
    for at in (x[0], x[-1]):
        assert r.has_down(at, y[0], y[-1]), 'open at x %.1f on page %d' % (at, page.number)
    return x, y


def whole_text(pages, x0=-1e9, x1=1e9):
    return ''.join(page.text(x0, x1) for page in pages)


def text(n, first=0x4e00):
    """n different characters that the tiny fonts have (GB 2312)."""
    return ''.join(ALL[first % 997 + i] for i in range(n))


ALL = [bytes([0xb0 + i // 94, 0xa1 + i % 94]).decode('gb2312') for i in range(94 * 39)]


def baselines(page, x0, x1):
    return sorted({round(ch.y, 1) for ch in page.chars if x0 - NEAR <= ch.x < x1 - NEAR})


# ---- columns ----

def fixed_columns():
    page, = make(table(cols(30, 50, 20), row('甲', '乙', '丙')))
    for got, want in zip(widths(page), (30, 50, 20)):
        near(got, want, 'column', 0.02)
    near(verticals(page)[0], LEFT, 'left edge')


def as_wide_as_the_measure():
    """Columns that are exactly as wide as the measure are not shrunk by the frame's thickness."""
    page, = make(table(cols(60, 100), row('甲', '乙'), frame='1.5pt'))
    near(sum(widths(page)), 160, 'table', 0.02)


def ratio_columns():
    page, = make(table(cols(40, '1*', '2*'), row('甲', '乙', '丙')))
    for got, want in zip(widths(page), (40, 40, 80)):
        near(got, want, 'column', 0.02)


def ratio_columns_within_limits():
    page, = make(table(cols(('1*', {'min': '50mm'}), '1*', ('2*', {'max': '60mm'})), row('甲', '乙', '丙')))
    for got, want in zip(widths(page), (50, 50, 60)):
        near(got, want, 'column', 0.02)


def auto_columns():
    """Twice as much text wants twice the width; spare room is shared in proportion."""
    page, = make(table(row('四个汉字', '八个汉字要两倍宽'), pad_x='0mm'))
    a, b = widths(page)
    near(a + b, 160, 'both', 0.02)
    near(b / a, 2, 'proportion', 0.01)


def auto_keeps_words():
    """A column is never narrower than its widest word while the table has room."""
    page, = make(table(row('International', text(300)), style='left'))
    a, b = widths(page)
    near(a * MM, 13 * 5 + 2 * MM, 'width of the word', 0.1)
    same(page.text(0, verticals(page)[1]), 'International', 'the word, on one line')


def auto_short_beside_long():
    """Numbers and short labels stand on one line beside columns of prose, which share what is left in proportion."""
    page, = make(table(header(row('序号', '单位名称', '说明', '办理依据')), row('12', text(30), text(240), text(60)), pad_x='0mm'))
    number, unit, note, ground = widths(page)
    near(number * MM, 20, 'the number')
    half = 160 * MM / 8     # of an equal share
    near(sum(widths(page)), 160, 'all', 0.02)
    near((unit * MM - half) / (ground * MM - half), (300 - half) / (600 - half), 'two of prose', 0.02)
    near((note * MM - half) / (ground * MM - half), (2400 - half) / (600 - half), 'two of prose', 0.05)


def auto_within_limits():
    page, = make(table(cols(('auto', {'max': '30mm'}), ('auto', {'min': '50mm'}), 20), row(text(60), '乙', '丙')))
    a, b, d = widths(page)
    near(a, 30, 'max', 0.02)
    near(d, 20, 'fixed', 0.02)
    near(b, 110, 'what is left', 0.02)


def mixed_columns():
    """Fixed, automatic, ratio: the ratio column gets what the others leave."""
    page, = make(table(cols(25, 'auto', '1*'), row('甲', '八个汉字一行之中', '丙')))
    a, b, d = widths(page)
    near(a, 25, 'fixed', 0.02)
    near(b * MM, 80 + 2 * MM, 'automatic', 0.1)
    near(a + b + d, 160, 'all', 0.02)


def auto_from_wide_cells():
    """A cell over two columns widens them both by what they lack."""
    page, = make(table(cols('auto', 'auto', '1*'), row(c('十二个汉字横跨两列才放得下'[:12], colspan=2), '丙'), row('甲', '乙', '丁')))
    a, b, _ = widths(page)
    near((a + b) * MM, 120 + 2 * MM, 'both columns', 0.1)


def table_narrower():
    for align, x in (('start', LEFT), ('centre', LEFT + 30 * MM), ('end', LEFT + 60 * MM)):
        page, = make(table(cols('1*', '1*'), row('甲', '乙'), width='100mm', align=align))
        near(verticals(page)[0], x, align)
        near(sum(widths(page)), 100, 'width', 0.02)


def too_wide():
    page, = make(table(cols(120, 60, 60), row('甲', '乙', '丙')), clean=False)
    said('table-shrunk', '240 mm', '160 mm')
    for got, want in zip(widths(page), (80, 40, 40)):
        near(got, want, 'column', 0.02)


def ratio_without_room():
    """A ratio column that nothing is left for still takes a character."""
    page, = make(table(cols(100, 60, '1*'), row('甲', '乙', '丙')), clean=False)
    said('table-shrunk')
    a, b, d = widths(page)
    assert d * MM >= 10 + 2 * MM, 'ratio column of %.1f mm' % d
    near(a + b + d, 160, 'all', 0.02)
    near(a / b, 100 / 60, 'proportion', 0.01)


def long_url(width, *messages):
    url = 'http://www.example.cn/' + ''.join('%s' % (chr(97 + i % 26)) for i in range(378))
    pages = make(table(cols(*width), row('甲', url, '丙')), clean=False)
    said(*messages)
    x = verticals(pages[0])
    same(whole_text(pages, x[1], x[2]), url, 'the URL')
    for page in pages:
        for ch in page.chars:
            if x[1] <= ch.x < x[2]:
                assert ch.x + 5 <= x[2] - 1 * MM + 0.1, '%r stands beyond its cell' % ch.c
    return pages[0]


def url_in_a_narrow_column():
    long_url((50, 40, 70), 'line-emergency')


def url_in_an_auto_column():
    """The widest column is cut, which is said once, with the widths; the others keep what they need."""
    page = long_url(('auto', 'auto', 'auto'), 'table-shrunk')
    assert 'line-emergency' not in HOME.said, HOME.said
    a, b, d = widths(page)
    near(a * MM, 10 + 2 * MM, 'a character', 0.1)
    near(a, d, 'the other')


def too_narrow_for_a_character():
    run = HOME.write(section(table(cols(3, 100), row('甲乙', '丙')))) or HOME.run(fails=True)
    same(run.status, 2, 'status')
    assert 'line-overflow' in run.messages, run.messages


def nested_table_in_an_auto_column():
    inner = table(cols(30, 30), row('甲', '乙'))
    page, = make(table(cols('auto', '1*'), row(c(inner), '丙')))
    x = verticals(page)
    near(x[0], LEFT, 'left')
    assert any(abs(v - (LEFT + 62 * MM)) < 0.1 for v in x), 'the column is not 62 mm wide: %s' % x


# ---- the grid ----

def spans_in_both_directions():
    """Four rows, four columns, one block of two by two in the middle."""
    page, = make(table(cols(20, 20, 20, 20), row('一', '二', '三', '四'), row('五', c('中', rowspan=2, colspan=2), '六'), row('七', '八'),
                       row('九', '十', '百', '千')))
    r = Rules(page)
    x, y = sorted(r.down), sorted(r.across)
    near(y[2] - y[1], LINE, 'row')
    assert not r.touches(r.across, y[2], x[1], x[3]) and r.has_across(y[2], x[0], x[1]) and r.has_across(y[2], x[3], x[4]), 'row 2 / 3'
    assert not r.touches(r.down, x[2], y[1], y[3]) and r.has_down(x[2], y[0], y[1]) and r.has_down(x[2], y[3], y[4]), 'column 2 / 3'
    same(page.text(x[1], x[3], y[1], y[3]), '中', 'the block')
    same([page.text(x[3], x[4], y[k], y[k + 1]) for k in range(4)], ['四', '六', '八', '千'], 'the last column')


def tall_span_grows_its_last_row():
    page, = make(table(cols(12, 60), row(c('一二三四五六', rowspan=2, style='left'), '甲'), row('乙')))
    y = horizontals(page)
    near(y[1] - y[0], LINE, 'first row')
    near(y[2] - y[0], 3 * PITCH + 4, 'both rows')


def merging():
    """Equal neighbours are one cell; a cell that begins anew on the left begins those on the right anew."""
    m = lambda s: c(s, merge='same')  # noqa: E731
    page, = make(table(cols(20, 20, 20), row(m('甲'), m('同'), '1'), row(m('甲'), m('同'), '2'), row(m('乙'), m('同'), '3'), row(m('丙'), m(''), '4'),
                       row(m('丙'), m(''), '5')))
    r = Rules(page)
    x, y = sorted(r.down), sorted(r.across)
    for k, first, second in ((1, False, False), (2, True, True), (3, True, True), (4, False, True)):
        same(r.has_across(y[k], x[0], x[1]), first, 'rule %d, first column' % k)
        same(r.has_across(y[k], x[1], x[2]), second, 'rule %d, second column' % k)
    same(page.text(x[0], x[2]), '甲同乙同丙', 'texts')


def reported(rows, *words, columns=3):
    """What is said, with the place of the cell in the record: <cell id="here"> is marked by its text 此."""
    HOME.write(section(table(cols(*[20] * columns), *rows)))
    run = HOME.run(fails=True)
    lines = HOME.record.read_text(encoding='utf-8').splitlines()
    for word in words:
        assert word in run.messages, 'not said: %s; but: %s' % (word, run.messages)
    number, column = map(int, re.search(r'r\.xml:(\d+):(\d+): ', run.messages).groups())
    return run, lines[number - 1][column - 1:]


def beyond_the_last_column():
    run, at = reported([row('甲', '乙', '丙', c('此'))], 'table-beyond', '3 columns')
    same(run.status, 2, 'status')
    assert at.startswith('<cell>此'), at


def colspan_beyond_the_last_column():
    run, at = reported([row('甲', c('此', colspan=5))], 'table-beyond')
    assert at.startswith('<cell colspan="5">此'), at


def overlap():
    run, at = reported([row('甲', '乙', c('丙', rowspan=2)), row('丁', c('此', colspan=2))], 'table-overlap', 'column 3')
    same(run.status, 2, 'status')
    assert at.startswith('<cell colspan="2">此'), at


def row_too_short():
    run, at = reported([row('甲', '乙', '丙'), row('此')], 'table-row-short', 'lacks 2 cells of 3')
    same(run.status, 0, 'status')
    assert at.startswith('<row><cell>此'), at
    page, = HOME.pages()
    x, y = closed(page)
    same((len(x), len(y)), (4, 3), 'rules: empty places have theirs')


def rowspan_beyond_the_end():
    run, at = reported([row('甲', '乙', '丙'), row(c('此', rowspan=4), '乙', '丙')], 'table-span-beyond')
    same(run.status, 0, 'status')
    assert at.startswith('<cell rowspan="4">此'), at
    x, y = closed(HOME.pages()[0])
    same(len(y), 3, 'rows')


def empty_rows_and_columns():
    """A row without text is a line high; a column without text has room for its padding."""
    page, = make(table(cols(20, 'auto', 30), row('甲', '', '乙'), row('', '', ''), row('丙', '', '丁')))
    x, y = closed(page)
    for k in range(3):
        near(y[k + 1] - y[k], LINE, 'row %d' % k)
    same(page.text(), '甲乙丙丁', 'text')
    page, = make(table(cols('auto', 'auto'), row('甲', ''), row('乙', '')))
    assert all(w > 0 for w in widths(page)), widths(page)


def header_only():
    page, = make(table(cols(20, 30), header(row('甲', '乙')), frame='1pt'))
    x, y = closed(page)
    same((len(x), len(y)), (3, 2), 'rules')
    near(y[1] - y[0], LINE, 'height')


def no_rows_at_all():
    page, = make(table(cols(20, 30)), p('后'))
    same((page.text(), len(page.boxes)), ('后', 0), 'nothing')


def one_column():
    pages = make(table(cols('1*'), header(row('题')), *[row(text(90, i)) for i in range(30)], cut_suffix='（续）'))
    assert len(pages) > 1
    for page in pages:
        x, y = closed(page)
        near((x[1] - x[0]) / MM, 160, 'width', 0.02)
    same(whole_text(pages).replace('题', ''), ''.join(text(90, i) for i in range(30)), 'text')


# ---- cells ----

def alignment():
    page, = make(table(cols(40, 40, 40), row(c('左', style='left', valign='top'), c('中', style='middle', valign='middle'),
                                             c(p('右', 'right'), valign='bottom')), row('高', '', ''), pad_y='0pt').replace('<row>', '<row height="80pt">', 1))
    x, y = closed(page)
    left, middle, right = sorted((ch for ch in page.chars if ch.y < y[1]), key=lambda ch: ch.x)
    near(left.x, x[0] + 1 * MM, 'left')
    near(middle.x + 5, (x[1] + x[2]) / 2, 'middle')
    near(right.x + 10, x[3] - 1 * MM, 'right')
    first = 3 + 8.8
    near(left.y, y[0] + first, 'top')
    near(middle.y, y[0] + 32 + first, 'middle height')
    near(right.y, y[0] + 64 + first, 'bottom')


def several_paragraphs():
    """Their own sizes and pitches; the height is their sum."""
    page, = make(table(cols(60, 40), row(c(p('小字') + p('大字', 'large') + p('小字')), '乙')))
    y = horizontals(page)
    near(y[1] - y[0], 2 * PITCH + 30 + 4, 'height')
    same(baselines(page, LEFT, LEFT + 60 * MM), [round(y[0] + 2 + a, 1) for a in (11.8, 16 + 5 + 17.6, 16 + 30 + 11.8)], 'baselines')


def distribute_and_spread():
    """均排: characters from edge to edge; a name of two characters as wide as one of three."""
    page, = make(table(cols(42, 42), row(c('四字均排', style='spread'), c('<spread width="30pt">王明</spread>', style='left')), pad_x='1mm'))
    x = verticals(page)
    chars = sorted(page.chars, key=lambda ch: ch.x)
    near(chars[0].x, x[0] + 1 * MM, 'first')
    near(chars[3].x + 10, x[1] - 1 * MM, 'last')
    near(chars[1].x - chars[0].x, (40 * MM - 10) / 3, 'between', 0.1)
    near(chars[5].x - chars[4].x, 20, 'the name')


def tint():
    page, = make(table(cols(20, 30), row(c('甲', tint='pale'), '乙')))
    x, y = closed(page)
    box, = [b for b in page.boxes if b.rgb == (0.87, 0.93, 1.0)]
    for got, want in zip(box[:4], (x[0], y[0], x[1], y[1])):
        near(got, want, 'tint')


def in_step():
    """The k-th paragraphs of cells in step begin on one line."""
    names = ['经济和信息化管理委员会', '财政局', '市场监督管理局和知识产权局']
    page, = make(table(cols(60, 26, 20), row('任务', c(''.join(p(n, 'left') for n in names), step='yes'),
                                             c(''.join(p(n) for n in ('张三', '李四', '王五')), step='yes', valign='top')), valign='top'))
    x = verticals(page)
    lines, leaders = baselines(page, x[1], x[2]), baselines(page, x[2], x[3])
    per = int((26 - 2) * MM / 10)
    starts, at = [], 0
    for n in names:
        starts.append(lines[at])
        at += -(-len(n) // per)
    same(leaders, starts, 'leaders')


def nested_table():
    page, = make(table(cols(50, 80), row('外', c(p('前') + table(cols(20, 20), header(row('甲', '乙')), row('丙', '丁')) + p('后')))))
    r = Rules(page)
    x0 = LEFT + 51 * MM
    inner = [x for x in sorted(r.down) if x0 - 0.1 <= x <= x0 + 40 * MM + 0.1]
    same(len(inner), 3, 'rules of the inner table')
    y = [y for y in sorted(r.across) if r.has_across(y, x0, x0 + 40 * MM)][1:-1]
    same(len(y), 3, 'its rows')
    near(y[1] - y[0], LINE, 'its first row')
    same(page.text(inner[0], inner[1], y[0], y[2]), '甲丙', 'its first column')
    same(page.text(x0 - 1, x0 + 20 * MM), '前甲丙后', 'order')
    near(horizontals(page)[-1] - horizontals(page)[0], 2 * PITCH + 2 * LINE + 4, 'height of the row')


def nested_table_over_pages():
    """A table in a cell, longer than a page, goes on; its rules are closed on both pages."""
    inner = table(cols(30, 30), header(row('甲', '乙')), *[row('第%d行' % i, text(6, i)) for i in range(60)])
    pages = make(table(cols(70, '1*'), row(c(inner), '右')))
    assert len(pages) > 1
    numbers = re.findall(r'第(\d+)行', whole_text(pages, LEFT, LEFT + 31 * MM))
    same(numbers, [str(i) for i in range(60)], 'rows')
    for page in pages:
        closed(page)
        r = Rules(page)
        x = [LEFT + 1 * MM + k * 30 * MM for k in range(3)]
        ys = [y for y in sorted(r.across) if r.has_across(y, x[0], x[2])]
        inside = [ch.y for ch in page.chars if x[0] <= ch.x < x[1]]
        first = max(y for y in ys if y < min(inside) - 5)
        last = min(y for y in ys if y > max(inside))
        for at in x:
            assert r.has_down(at, first, last), 'inner rule at %.1f on page %d' % (at, page.number)


# ---- rules ----

def edges(line='0.5pt', **cells):
    rows = row(c('甲', **cells.get('a', {})), c('乙', **cells.get('b', {}))), row('丙', '丁')
    page, = make(table(cols(20, 20), *rows, grid=line))
    return Rules(page), sorted(Rules(page).down), sorted(Rules(page).across)


def heavier_edge_wins():
    r, x, y = edges(a={'rule_end': '2pt'}, b={'rule_start': '1pt', 'rule_bottom': 'none'})
    same(r.weight('v', x[1]), {2.0, 0.5}, 'heavier')
    r, x, y = edges(a={'rule_end': 'none'}, b={'rule_start': '1pt'})
    assert 1.0 in r.weight('v', x[1]), 'a line wins over none'


def none_is_none():
    r, x, y = edges(a={'rule_bottom': 'none'}, b={'rule_bottom': 'none'})
    same(len(y), 2, 'no rule between the rows')


def double_rule():
    """Two lines; at corners they meet as frames in a frame, at a T the other stops at the near one."""
    page, = make(table(cols(20, 20), row('甲', '乙'), row('丙', '丁'), frame='double 1pt', grid='0.5pt'))
    r = Rules(page)
    x, y = sorted(r.down), sorted(r.across)
    same(len(x), 5, 'verticals')
    near(x[1] - x[0], 2, 'distance of the two lines')
    outer, inner = (x[0] - .5, x[-1] + .5, y[0] - .5, y[-1] + .5), (x[1] - .5, x[-2] + .5, y[1] - .5, y[-2] + .5)
    for (x0, x1, y0, y1), xs, ys in ((outer, (x[0], x[-1]), (y[0], y[-1])), (inner, (x[1], x[-2]), (y[1], y[-2]))):
        for at in ys:
            spans = merge(r.across[at])
            near(spans[0][0], x0, 'left end')
            near(spans[0][1], x1, 'right end')
        for at in xs:
            spans = merge(r.down[at])
            near(spans[0][0], y0, 'upper end')
            near(spans[0][1], y1, 'lower end')
    near(r.across[y[2]][0][0], x[1] - .5, 'the grid ends at the inner line')
    near(r.down[x[2]][0][0], y[1] - .5, 'and so below the upper one')


def dashed_rule():
    page, = make(table(cols(40, 40), row('甲', '乙'), row('丙', '丁'), grid='dashed 0.5pt', frame='1pt'))
    r = Rules(page)
    x, y = sorted(r.down), sorted(r.across)
    dashes = sorted(r.across[y[1]])
    near(dashes[0][0], x[0] - .5, 'begins with a dash, under the frame')
    near(dashes[-1][1], x[2] + .5, 'ends with one')
    for a, b in zip(dashes, dashes[1:]):
        assert 1.2 < b[0] - a[1] < 3, 'gap of %.2f' % (b[0] - a[1])


def no_ends_stick_out():
    """A thin rule that ends at a thick frame, and a thick one that ends at thin ones."""
    page, = make(table(cols(20, 20, 20), row(c('甲', rowspan=2), c('乙', rule_bottom='2pt'), '丙'), row('丁', '戊'), frame='3pt', grid='0.5pt'))
    r = Rules(page)
    x, y = sorted(r.down), sorted(r.across)
    spans = merge(r.across[y[1]])
    near(spans[0][0], x[1] - .25, 'the thick rule begins at the thin one')
    near(spans[-1][1], x[3] + 1.5, 'the thin one reaches over the frame')


def three_line_table():
    """三线表: thick above and below, thin below the header, nothing between columns; at a cut the same."""
    pages = make(table(cols('1*', '1*'), header(row('甲', '乙')), *[row('丙', '丁') for _ in range(40)], frame='1.5pt', frame_x='none', grid='none',
                       header_rule='0.75pt'))
    same(len(pages), 2, 'pages')
    for page in pages:
        r = Rules(page)
        same((len(r.down), len(r.across)), (0, 3), 'rules')
        same([r.weight('h', y) for y in sorted(r.across)], [{1.5}, {0.75}, {1.5}], 'weights')
        assert all(r.has_across(y, LEFT, RIGHT) for y in r.across)


# ---- pages ----

def header_of_spans_again():
    """Two header rows with cells merged in both directions stand on every page."""
    head = header(row(c('名', rowspan=2), c('数', colspan=2)), row('上', '下'))
    pages = make(table(cols(40, 30, 30), head, *[row('第%d' % i, '1', '2') for i in range(80)]))
    assert len(pages) == 3
    for page in pages:
        x, y = closed(page)
        r = Rules(page)
        same(sorted(page.text(y1=y[2])), sorted('名数上下'), 'header on page %d' % page.number)
        assert not r.touches(r.across, y[1], x[0], x[1]) and not r.touches(r.down, x[2], y[0], y[1]), 'merged cells of the header'
    same(re.findall(r'第(\d+)', whole_text(pages, LEFT, LEFT + 40 * MM)), [str(i) for i in range(80)], 'rows')


def header_not_again():
    pages = make(table(cols(40, 30), header(row('名', '数')), *[row('第%d' % i, '1') for i in range(50)], repeat_header='no'))
    same([page.text().count('名') for page in pages], [1, 0], 'headers')
    closed(pages[1])


def header_too_high():
    head = header(row(c(''.join(p('头') for _ in range(28)))))
    pages = make(table(cols(60), head, *[row('行%d' % i) for i in range(30)]), clean=False)
    said('table-header-high', 'not repeated')
    same(whole_text(pages).count('头'), 28, 'header lines')
    same(len(re.findall('行', whole_text(pages))), 30, 'rows')
    assert pages[0].text().count('行') > 3, 'rows stand below the header'


def header_higher_than_a_page():
    head = header(row(c(''.join(p('头') for _ in range(60)))))
    pages = make(table(cols(60), head, row('行')), clean=False)
    said('table-header-high')
    same(len(pages), 2, 'pages')
    same(whole_text(pages), '头' * 60 + '行', 'text')
    for page in pages:
        closed(page)


def no_header_alone():
    """Room for the header and half a row: both go to the next page; the text above fills what it can."""
    room = FOOT - ABOVE - PITCH - 1.5 * LINE
    pages = make(p('前'), space(room), table(cols(40), header(row('头')), row('行'), row('末')))
    same([page.text() for page in pages], ['前', '头行末'], 'pages')
    pages = make(p('前'), space(room - 0.6 * LINE), table(cols(40), header(row('头')), row('行'), row('末')))
    same([page.text() for page in pages], ['前头行', '头末'], 'pages, with room for the row')


def continued_line():
    pages = make(table(cols(40), '<continued style="left">续表</continued>', header(row('头')), *[row('行') for _ in range(50)]))
    same([page.text().count('续表') for page in pages], [0, 1], 'the line')
    page = pages[1]
    x, y = closed(page)
    near(min(ch.y for ch in page.chars), ABOVE + 11.8, 'it stands first')
    near(y[0], ABOVE + PITCH + 0.25, 'the table below it')


def notes_stay():
    """Notes stand on the page of the last row: a row goes along rather than that they stand alone."""
    notes = '<note style="plain">注一。</note><note style="plain">注二。</note>'
    for spare, want in ((4.5 * LINE, ['前行行行', '行注一。注二。']), (4.5 * LINE + 2 * PITCH, ['前行行行行注一。注二。'])):
        pages = make(p('前'), space(FOOT - ABOVE - PITCH - spare), table(cols(40), *[row('行') for _ in range(4)], notes))
        same([page.text() for page in pages], want, 'pages')
    y = horizontals(pages[0])
    near(min(ch.y for ch in pages[0].chars if ch.c == '注'), y[-1] + 0.25 + 11.8, 'below the table')


def totals_stay():
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 4.5 * LINE), table(cols(40), *[row('行%d' % i) for i in range(4)], row('合计', keep='previous')))
    same([page.text() for page in pages], ['前行0行1行2', '行3合计'], 'pages')


def kept_rows():
    rows = [row('组', keep='next'), row('甲', keep='next'), row('乙')]
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 4.5 * LINE), table(cols(40), row('零'), row('一'), *rows))
    same([page.text() for page in pages], ['前零一', '组甲乙'], 'pages')


def kept_rows_longer_than_a_page():
    """A chain that no page holds is broken where the page ends, not moved first."""
    pages = make(p('前'), space(300), table(cols(40), *[row('行%d' % i, keep='next') for i in range(60)]))
    assert '行0' in pages[0].text() and '行13' in pages[0].text(), pages[0].text()
    same(re.findall(r'行(\d+)', whole_text(pages)), [str(i) for i in range(60)], 'rows')


def caption_goes_along():
    pages = make(p('前'), space(FOOT - ABOVE - 2 * PITCH - 1.5 * LINE), p('表题', 'kept'), table(cols(40), header(row('头')), row('行')))
    same([page.text() for page in pages], ['前', '表题头行'], 'pages')


def group_stays_together():
    group = '<group style="together">%s%s</group>' % (p('表题'), table(cols(40), header(row('头')), *[row('行%d' % i) for i in range(6)]))
    pages = make(p('前'), space(FOOT - ABOVE - 2 * PITCH - 4.5 * LINE), group)
    same([page.text() for page in pages], ['前', '表题头行0行1行2行3行4行5'], 'pages')


def long_cell(split):
    """3,000 characters in one cell: pages are filled, no line is lost."""
    long = ''.join(ALL[i] for i in range(3000))
    pages = make(p('前'), space(200), table(cols(20, 60, 20), header(row('#', '#', '#')), row('甲', '乙', '丙'), row('一', long, '二'), row('丁', '戊', '己'),
                                           split=split))
    assert len(pages) >= 5, len(pages)
    x = verticals(pages[0])
    same(whole_text(pages, x[1], x[2]).replace('#', ''), '乙' + long + '戊', 'text')
    same(whole_text(pages, x[0], x[1]).replace('#', ''), '前甲一丁', 'first column, once')
    for page in pages:
        x, y = closed(page)
        assert page is pages[-1] or y[-1] > FOOT - LINE, 'page %d ends at %.1f' % (page.number, y[-1])


def cut_row(min_lines):
    """A row of eight lines where five fit."""
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - LINE - 4 - 5.5 * PITCH), table(cols(40, 20), row('行', '一'), row(c(text(80), style='left'), '二'),
                                                                                 split='lines', min_lines=min_lines, valign='top'))
    return [len(baselines(page, LEFT, LEFT + 40 * MM)) for page in pages]


def least_lines():
    """Eight lines, five fit: with two on each side 5 + 3, with four 4 + 4, with five none is left above."""
    same([cut_row(n) for n in (1, 2, 4, 5)], [[7, 3], [7, 3], [6, 4], [2, 8]], 'lines on the pages')


def alignment_of_both_parts():
    """A short cell beside a cut one stands in the middle of its part; a merged label in the middle of both."""
    tall = c(text(13 * 11), style='left')
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 6.5 * PITCH), table(cols(40, 20, 20), row(tall, c('中', style='middle', valign='middle'),
                 c('签', rowspan=2, style='middle', valign='bottom')), row('末', '尾'), split='lines', cut_suffix='再'))
    same(len(pages), 2, 'pages')
    x = verticals(pages[0])
    y = horizontals(pages[0])
    short = next(ch for ch in pages[0].chars if ch.c == '中')
    near(short.y, (y[0] + y[-1]) / 2 - 8 + 11.8, 'middle of the first part')
    near(short.x + 5, (x[1] + x[2]) / 2, 'middle of the column')
    for page, label in zip(pages, ('签', '签再')):
        y = horizontals(page)
        same(page.text(x[2], x[3]), label, 'label')
        near([ch.y for ch in page.chars if ch.c == '签'][0], y[-1] - 2 - PITCH + 11.8, 'bottom of its part')
        near(sum(ch.x + 5 for ch in page.chars if x[2] <= ch.x < x[3]) / len(label), (x[2] + x[3]) / 2, 'middle of its column')


def suffix_on_a_line_of_its_own():
    """Where （续） has no room behind the label it stands below it; the label's lines are as before, not stretched."""
    rows = [row(c('重点主题', rowspan=30), '行0')] + [row('行%d' % i) for i in range(1, 60)]
    rows[30] = row('末', '行30')
    rows[31:] = []
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 12.5 * LINE), table(cols(18, 30), *rows, cut_suffix='（续）'))
    x = verticals(pages[0])
    label = [[ch for ch in page.chars if ch.x < x[1] and ch.c in '重点主题'] for page in pages]
    same([len(chars) for chars in label], [4, 4], 'the label, on both')
    for chars in label:
        near(chars[3].x - chars[0].x, 30, 'its width')
        same(len({round(ch.y, 1) for ch in chars}), 1, 'its lines')
    suffix = [ch for ch in pages[1].chars if ch.c == '（']
    near(suffix[0].y - label[1][0].y, PITCH, 'the suffix below')


def one_row_goes_not_alone():
    """One row of a merged cell is not left alone, above or below, where the page is two thirds full without it."""
    def labels(first, rows, fit, room=None):
        body = [row('独', '行') for _ in range(first)]
        body += [row(*([c('类', rowspan=rows)] if i == 0 else []), '行') for i in range(rows)] + [row('末', '行')]
        above = FOOT - ABOVE - PITCH - (fit + 0.5) * LINE if room is None else room
        pages = make(*([p('前'), space(above)] if above > 0 else []), table(cols(30, 30), *body))
        return [page.text(LEFT + 30 * MM).count('行') for page in pages]

    same(labels(2, 5, 6), [5, 3], 'one row below: two go along')
    same(labels(2, 5, 3), [2, 6], 'one row above: it goes to the others')
    same(labels(2, 3, 4), [2, 4], 'two above, one below: all three go')
    same(labels(2, 2, 3), [3, 2], 'two rows are one and one')
    same(labels(2, 5, 4), [4, 4], 'two and three: as it comes')


def nested_spans():
    """Three levels of merged cells, all cut by one page break: each closed, each with its label again."""
    rows = []
    for i in range(24):
        cells = [c('门类甲', rowspan=24)] if i == 0 else []
        cells += [c('大项%d' % (i // 12), rowspan=12)] if i % 12 == 0 else []
        cells += [c('小项%d' % (i // 6), rowspan=6)] if i % 6 == 0 else []
        rows.append(row(*cells, '行%d' % i))
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 15.4 * LINE), table(cols(30, 30, 30, 30), *rows, cut_suffix='（续）'))
    same(len(pages), 2, 'pages')
    x = verticals(pages[0])
    same([pages[0].text(x[k], x[k + 1], y0=ABOVE + PITCH) for k in range(3)], ['门类甲', '大项0大项1', '小项0小项1小项2'], 'labels')
    same([pages[1].text(x[k], x[k + 1]) for k in range(3)], ['门类甲（续）', '大项1（续）', '小项2（续）小项3'], 'labels again')
    for page in pages:
        closed(page)
    same(re.findall(r'行(\d+)', whole_text(pages, x[3])), [str(i) for i in range(24)], 'rows')


def span_ends_with_the_page():
    """A merged cell whose last row is the last of the page is not continued."""
    rows = [row(c('甲类', rowspan=5), '行0')] + [row('行%d' % i) for i in range(1, 5)] + [row(c('乙类', rowspan=3), '行5'), row('行6'), row('行7')]
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 5 * LINE - 0.5), table(cols(30, 30), *rows, cut_suffix='（续）'))
    same([page.text(LEFT, LEFT + 30 * MM) for page in pages], ['前甲类', '乙类'], 'labels')
    same(len(horizontals(pages[0])), 6, 'the page is full')


def same_merge_ends_with_the_page():
    m = lambda s, i: row(c(s, merge='same'), '行%d' % i)  # noqa: E731
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 5 * LINE - 0.5), table(cols(30, 30), *[m('甲类', i) for i in range(5)], *[m('乙类', i) for i in range(5, 8)],
                                                                        cut_suffix='（续）'))
    same([page.text(LEFT, LEFT + 30 * MM) for page in pages], ['前甲类', '乙类'], 'labels')


def label_higher_than_the_rest():
    """The piece below a cut must hold the label: the break moves up, nothing grows."""
    label = '一二三四五六七八'          # four lines in its column
    rows = [row(c(label, rowspan=9, style='left'), '行0')] + [row('行%d' % i) for i in range(1, 9)] + [row('末', '行9')]
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 7.5 * LINE), table(cols(10, 30), *rows))
    x = verticals(pages[0])
    same([len(baselines(page, x[1], x[2])) for page in pages], [5, 5], 'rows: four below the cut hold the label, and the last')
    y = horizontals(pages[1])
    near(y[-2] - y[0], 4 * LINE, 'the piece below')


def label_higher_than_its_rows():
    """A label that no place of the break can suit: its rows grow, and that is said."""
    label = ''.join(p(ch) for ch in text(20))
    rows = [row(c(label, rowspan=2), '行0'), row(c(text(37 * 7), style='left'))]
    pages = make(table(cols(10, 30), *rows), clean=False)
    said('table-span-grew', 'mm more')
    same(len(pages), 2, 'pages')
    x = verticals(pages[0])
    same([page.text(x[0], x[1]) for page in pages], [text(20)] * 2, 'label on both')


def merged_cell_higher_than_a_page():
    """It is no label: its text goes on over the pages, nothing is shown twice."""
    long = ''.join(ALL[i] for i in range(1500))
    rows = [row(c(long, rowspan=3, style='left'), '行0'), row('行1'), row('行2'), row('末', '尾')]
    pages = make(table(cols(60, 30), *rows, cut_suffix='（续）'))
    assert len(pages) >= 3, len(pages)
    x = verticals(pages[0])
    same(whole_text(pages, x[0], x[1]), long + '末', 'text')
    same(whole_text(pages, x[1], x[2]), '行0行1行2尾', 'rows')
    for page in pages:
        closed(page)


def step_cut_between_assignments():
    """Assignments in step are cut between, not inside, and go on level."""
    who = [(text(9, i), text(3, 7 * i)) for i in range(12)]
    cells = c(''.join(p(a, 'left') for a, _ in who), step='yes', valign='top'), c(''.join(p(b, 'left') for _, b in who), step='yes', valign='top')
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 11.5 * PITCH), table(cols(30, 24, 24), row('任务', *cells), split='lines'))
    same(len(pages), 2, 'pages')
    x = verticals(pages[0])
    done = 0
    for page in pages:
        lines, leaders = baselines(page, x[1], x[2]), baselines(page, x[2], x[3])
        same(leaders, lines[::2], 'leaders stand beside the first lines of departments')
        done += len(leaders)
    same(done, 12, 'assignments')
    same(whole_text(pages, x[1], x[2]), ''.join(a for a, _ in who), 'departments')


def step_block_over_pages():
    """An assignment of more than two pages beside a leader of one line: the next leader waits for the next assignment."""
    who = [(text(6 * 120 + 2), text(3)), (text(9, 5), text(3, 40)), (text(4, 9), text(3, 50))]
    for order in (1, -1):
        columns = (0, 1)[::order]
        cells = [c(''.join(p(a[k], 'left') for a in who), step='yes', valign='top') for k in columns]
        pages = make(table(cols(30, 24, 24), row('任务', *cells), split='lines'))
        assert len(pages) >= 3, len(pages)
        x = verticals(pages[0])
        left, right = (x[1:3], x[2:4])[::order]
        lines = [(page.number, y) for page in pages for y in baselines(page, *left)]
        leaders = [(page.number, y) for page in pages for y in baselines(page, *right)]
        same(len(lines), 121 + 2 + 1, 'lines')
        same(leaders, [lines[0], lines[121], lines[123]], 'leaders stand beside the first lines of their assignments')
        same(whole_text(pages, *left), ''.join(a for a, _ in who), 'departments')


def step_shown_before_the_rest():
    """Cells in step that have shown all hold up nothing: the task beside them goes on over pages, cut as it is wherever it ends."""
    names = [c(p('甲局', 'left') + p('乙局', 'left'), step='yes', valign='top'), c(p('张三') + p('李四'), step='yes', valign='top')]
    alone = make(table(cols(60, 26, 20), row(text(20 * 150), '', ''), split='lines'))
    pages = make(table(cols(60, 26, 20), row(text(20 * 150), *names), split='lines'))
    assert len(alone) >= 3, len(alone)
    x = verticals(pages[0])
    same([len(baselines(page, x[1], x[2])) for page in pages], [2] + [0] * (len(pages) - 1), 'departments by page')
    same([baselines(page, x[0], x[1]) for page in pages], [baselines(page, x[0], x[1]) for page in alone], 'lines of the task')


def high_row_of_little():
    """A stated height beyond the page makes the row two thirds of a page high, and no fault."""
    pages = make(table(cols(40), row('甲', height='900pt'), row('乙')))
    y = horizontals(pages[0])
    near(y[1] - y[0], (FOOT - ABOVE) * 2 / 3, 'height')
    same(whole_text(pages), '甲乙', 'text')


def kept_lines_of_a_cell():
    """A paragraph of a cell that is to stay together is not cut."""
    pages = make(p('前'), space(FOOT - ABOVE - PITCH - 6 * PITCH), table(cols(40), row(c(p(text(33)) + p(text(55, 5), 'together'))), split='lines'))
    same([len(baselines(page, LEFT, LEFT + 40 * MM)) for page in pages], [5, 6], 'lines')


def table_behind_table():
    """Two tables and the text between: each with its own header where it is cut."""
    one = table(cols(40), header(row('甲')), *[row('子') for _ in range(20)])
    two = table(cols(40), header(row('乙')), *[row('丑') for _ in range(20)])
    pages = make(one, p('间'), two)
    same([page.text().replace('子', '').replace('丑', '') for page in pages], ['甲间乙', '乙'], 'headers')


# ---- turned ----

def wide_rows(n):
    head = header(row(c('序', rowspan=2), c('项目名称', rowspan=2), c('资金', colspan=5), c('进度', colspan=4), c('单位', rowspan=2), c('备注', rowspan=2)),
                  row(*['合计', '中央', '省级', '市级', '其他', '一季', '二季', '三季', '四季']))
    rows = [row('%d' % i, text(20 + i % 9, i * 17), *['%d' % (i * k) for k in range(5)], *['甲乙丙丁'[k] for k in range(4)], '发展局', '') for i in range(n)]
    return head, rows


WIDE = [10, '1*', 14, 14, 14, 14, 14, 13, 13, 13, 13, 24, 14]


def turned_table():
    """13 columns on a portrait sheet: the body is turned counter-clockwise, its head to the left edge; the page number is not."""
    head, rows = wide_rows(30)
    pages = HOME.make(section(p('前')) + section(table(cols(*WIDE), head, *rows, frame='1pt'), page='turned') + section(p('后')))
    assert not HOME.said, HOME.said
    same((pages[0].text(), pages[-1].text()), ('前', '后'), 'upright pages around')
    assert len(pages) >= 5, len(pages)
    for page in pages[1:-1]:
        near(page.width / MM, 210, 'sheet', 0.1)
        odd = page.number % 2
        left, bottom = (28 if odd else 22) * MM, 256 * MM
        x, y = closed(page)
        same(len(y), 14, 'borders of columns')
        near(x[0], left + .5, 'the table begins at the left of the body')
        near(y[-1], bottom, 'its first column at the foot')
        near((y[-1] - y[0]) / MM, 216, 'it is as wide as the body is high', 0.02)
        near((y[-1] - y[-2]) / MM, 10, 'first column', 0.02)
        near((y[1] - y[0]) / MM, 14, 'last column', 0.02)
        number = [ch for ch in page.chars if not ch.up]
        same(''.join(ch.c for ch in sorted(number, key=lambda ch: ch.x)), '— %d —' % page.number, 'page number, upright')
        near(number[0].y, 265 * MM + 11.8, 'its place')
        near(max(ch.x for ch in number) + 10 if odd else min(ch.x for ch in number), (28 + 160 if odd else 22) * MM, 'its side', 0.1)
        turned = sorted((ch for ch in page.chars if ch.up), key=lambda ch: (round(ch.x, 1), -ch.y))
        same([ch.c for ch in turned if x[0] < ch.x < x[2] and y[-2] < ch.y], ['序'], 'head of the first column')
        assert all(y[0] < ch.y - 5 and ch.y < y[-1] and x[0] < ch.x < x[-1] for ch in turned), 'text inside the table'
        for upper, lower, begin, want in ((y[-3], y[-2], x[0], '项目名称'), (y[-4], y[-3], x[1], '合计')):
            same(''.join(ch.c for ch in turned if lower > ch.y > upper and begin < ch.x < x[2]), want, 'head')
    shown = ''.join(ch.c for page in pages[1:-1] for ch in sorted((ch for ch in page.chars if ch.up), key=lambda ch: (round(ch.x, 1), -ch.y))
                    if closed(page)[0][2] < ch.x and closed(page)[1][-3] < ch.y < closed(page)[1][-2])
    same(shown, ''.join(text(20 + i % 9, i * 17) for i in range(30)), 'second column')


def turned_in_every_output():
    """The display list says where turned glyphs stand; both renderers put them there, and the text comes in order."""
    head, rows = wide_rows(6)
    HOME.make(section(table(cols(*WIDE), head, *rows), page='turned'))
    HOME.run('--stop=list', out='r.list')
    for check in ('picture.py', 'outline.py'):
        done = subprocess.run([sys.executable, str(Path(__file__).parent / check), str(HOME.dir / 'r.pdf'), str(HOME.dir / 'r.list')],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, '%s: %s' % (check, done.stdout.decode()[-300:])
    raw = subprocess.run(['pdftotext', '-raw', str(HOME.dir / 'r.pdf'), '-'], stdout=subprocess.PIPE).stdout.decode()
    HOME.run('--stop=text', out='r.txt')
    squeeze = lambda s: re.sub(r'\s', '', s)  # noqa: E731
    same(squeeze(raw), squeeze((HOME.dir / 'r.txt').read_text(encoding='utf-8')), 'pdftotext')


def landscape_between_portrait():
    head, rows = wide_rows(12)
    pages = HOME.make(section(p('前')) + section(table(cols(*WIDE), head, *rows), page='wide') + section(p('后')))
    assert not HOME.said, HOME.said
    same([page.width > page.height for page in pages], [False] + [True] * (len(pages) - 2) + [False], 'sheets')
    for page in pages[1:-1]:
        x, y = closed(page)
        near((x[-1] - x[0]) / MM, 216, 'width', 0.02)
        assert not any(ch.up for ch in page.chars)


def bytes_are_equal():
    pages = make(table(cols(30, 'auto', '1*'), header(row('甲', '乙', '丙')), *[row('一', text(20, i), text(40, i)) for i in range(60)]))
    first = (HOME.dir / 'r.pdf').read_bytes()
    HOME.run()
    assert first == (HOME.dir / 'r.pdf').read_bytes() and len(pages) > 2


CASES = [
    fixed_columns, as_wide_as_the_measure, ratio_columns, ratio_columns_within_limits, auto_columns, auto_keeps_words, auto_short_beside_long, auto_within_limits,
    mixed_columns, auto_from_wide_cells, table_narrower, too_wide, ratio_without_room, url_in_a_narrow_column, url_in_an_auto_column,
    too_narrow_for_a_character, nested_table_in_an_auto_column,
    spans_in_both_directions, tall_span_grows_its_last_row, merging, beyond_the_last_column, colspan_beyond_the_last_column, overlap,
    row_too_short, rowspan_beyond_the_end, empty_rows_and_columns, header_only, no_rows_at_all, one_column,
    alignment, several_paragraphs, distribute_and_spread, tint, in_step, nested_table, nested_table_over_pages,
    heavier_edge_wins, none_is_none, double_rule, dashed_rule, no_ends_stick_out, three_line_table,
    header_of_spans_again, header_not_again, header_too_high, header_higher_than_a_page, no_header_alone, continued_line, notes_stay,
    totals_stay, kept_rows, kept_rows_longer_than_a_page, caption_goes_along, group_stays_together, least_lines, alignment_of_both_parts,
    suffix_on_a_line_of_its_own, one_row_goes_not_alone, nested_spans, span_ends_with_the_page, same_merge_ends_with_the_page, label_higher_than_the_rest, label_higher_than_its_rows,
    merged_cell_higher_than_a_page, step_cut_between_assignments, step_block_over_pages, step_shown_before_the_rest, high_row_of_little, kept_lines_of_a_cell, table_behind_table,
    turned_table, turned_in_every_output, landscape_between_portrait, bytes_are_equal,
]
for function in CASES:
    case('table-' + function.__name__.replace('_', '-'), function)
for split in ('whole', 'lines'):
    case('table-long-cell-' + split, long_cell, split)
finish()
