#!/usr/bin/python3
"""Tables: columns, cells, merged cells, rules, and what is said when something does not fit. Each case is a piece of markup
(tests/table/), checked in the finished PDF: where rules and characters stand. Pages: table_pages.py."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'table'))
from checks import HOME, LINE, baselines, closed, horizontals, make, near, said, same, text, verticals, whole_text, widths  # noqa: E402
from home import MM, Rules, case, finish, merge  # noqa: E402
from markup import LEFT, PITCH, RIGHT, c, cols, header, p, row, section, table  # noqa: E402


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


CASES = [
    fixed_columns, as_wide_as_the_measure, ratio_columns, ratio_columns_within_limits, auto_columns, auto_keeps_words,
    auto_short_beside_long, auto_within_limits, mixed_columns, auto_from_wide_cells, table_narrower, too_wide, ratio_without_room,
    url_in_a_narrow_column, url_in_an_auto_column, too_narrow_for_a_character, nested_table_in_an_auto_column,
    spans_in_both_directions, tall_span_grows_its_last_row, merging, beyond_the_last_column, colspan_beyond_the_last_column,
    overlap, row_too_short, rowspan_beyond_the_end, empty_rows_and_columns, header_only, no_rows_at_all, one_column, alignment,
    several_paragraphs, distribute_and_spread, tint, in_step, nested_table, nested_table_over_pages, heavier_edge_wins,
    none_is_none, double_rule, dashed_rule, no_ends_stick_out, three_line_table,
]
for function in CASES:
    case('table-' + function.__name__.replace('_', '-'), function)
finish()
