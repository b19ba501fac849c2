#!/usr/bin/python3
"""Tables over pages, and turned: headers again, rows that are cut or kept, merged cells that go on. As table.py."""

import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'table'))
from checks import ALL, HOME, LINE, baselines, closed, horizontals, make, near, said, same, text, verticals, whole_text  # noqa: E402
from home import MM, Rules, case, finish  # noqa: E402
from markup import ABOVE, FOOT, LEFT, PITCH, c, cols, header, p, row, section, space, table  # noqa: E402


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
    header_of_spans_again, header_not_again, header_too_high, header_higher_than_a_page, no_header_alone, continued_line,
    notes_stay, totals_stay, kept_rows, kept_rows_longer_than_a_page, caption_goes_along, group_stays_together, least_lines,
    alignment_of_both_parts, suffix_on_a_line_of_its_own, one_row_goes_not_alone, nested_spans, span_ends_with_the_page,
    same_merge_ends_with_the_page, label_higher_than_the_rest, label_higher_than_its_rows, merged_cell_higher_than_a_page,
    step_cut_between_assignments, step_block_over_pages, step_shown_before_the_rest, high_row_of_little, kept_lines_of_a_cell,
    table_behind_table, turned_table, turned_in_every_output, landscape_between_portrait, bytes_are_equal,
]
for function in CASES:
    case('table-' + function.__name__.replace('_', '-'), function)
for split in ('whole', 'lines'):
    case('table-long-cell-' + split, long_cell, split)
finish()
