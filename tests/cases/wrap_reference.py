#!/usr/bin/python3
"""The line breaker of gen/text against the reference of tests/wrap: the same lines on random text of fixed seeds, on the
paragraphs of the example records, and, where it is at hand, on the published monthly plan."""
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from glob import glob

sys.path.insert(0, 'tests/wrap')
import reference  # noqa: E402
from reference import EM  # noqa: E402

PROGRAM = os.path.join(os.environ.get('B', 'build'), 'tests/progs/wrap-lines')
SHARED = os.environ.get('GENPDF_SHARED')
PUBLISHED = 25956 * EM // 1000
MEASURES = 24 * EM, PUBLISHED, 28 * EM
FIRST = 2 * EM
LEVELS = {'none': 0, 'basic': 1, 'gb': 2, 'strict': 3}
SQUEEZE = {'never': 0, 'nearest': 1, 'always': 2}


def case(name, problem):
    print('not ok %s: %s' % (name, problem) if problem else 'ok ' + name)


def by_program(texts, measure, first, rules):
    options = dict(rules, measure=measure, first=first)
    args = ['%s=%d' % (k, v * 1000000 // EM) for k, v in options.items() if k not in ('level', 'squeeze')]
    args += ['prohibition=%d' % LEVELS[rules['level']], 'squeeze=%d' % SQUEEZE[rules['squeeze']]]
    out = subprocess.run([PROGRAM] + args, input='\n'.join(texts) + '\n', stdout=subprocess.PIPE, check=True,
                         encoding='utf-8').stdout
    blocks = out.split('\n\n')[:-1]
    return [[row.split('\t', 1)[1] for row in block.split('\n') if row] for block in blocks]


def compare(name, texts, measures=MEASURES, firsts=(FIRST,), **changed):
    rules = dict(reference.RULES, **changed)
    n = 0
    for measure in measures:
        for first in firsts:
            for text, got in zip(texts, by_program(texts, measure, first, rules)):
                want = reference.lines(text, measure, first, rules)
                n += len(want)
                if got != want:
                    at = next(i for i in range(len(want)) if got[i:i + 1] != want[i:i + 1])
                    return case(name, 'measure %s, line %d: %s, reference %s' % (
                        measure / EM, at + 1, got[at:at + 2], want[at:at + 2]))
    case(name, n < 100 and 'only %d lines' % n)


class Writer:
    """Nonsense with the shapes of official prose."""
    def __init__(self, seed):
        self.random = random.Random(seed)

    def han(self, n):
        r = self.random
        return ''.join(chr(r.choice((r.randrange(0x4e00, 0x9fa6), r.randrange(0x3400, 0x4db6),
                                     r.randrange(0x20000, 0x2a6d7)))) for _ in range(n))

    def number(self):
        r = self.random
        n = r.choice((r.randrange(10), r.randrange(100), r.randrange(1900, 2100), r.randrange(10 ** 6)))
        return r.choice((str(n), str(n), '{:,}'.format(n), '%.1f' % (n / 10), '%d%%' % n, '%d-%d' % (n, n + 1),
                         '%d‰' % n, '-%d℃' % n, '¥%d' % n, '+%d' % n, '%d°' % n, '$%d' % n, '%d/%d' % (n, n + 7)))

    def word(self):
        return self.random.choice(('AED', 'HIV', 'H7N9', 'COVID-19', 'e-mail', 'A/B', 'B.1', 'APP(v2)', 'pH', 'X',
                                   'PM2.5', "O'Neil", 'www.example.org/a-b/c_d.html'))

    def piece(self, depth=0):
        r = self.random
        run = self.han(r.choice((1, 2, 2, 3, 4, 4, 7)))
        if depth < 3 and r.random() < .2:
            a, b = r.choice(('“”', '‘’', '（）', '《》', '〔〕', '「」', '【】'))
            return run + a + self.piece(depth + 1) + r.choice(('', '，' + self.piece(depth + 1), '。')) + b
        return run + r.choice(('', '', r.choice((self.number(), self.word(), self.word() + ' ' + self.word(),
                                                 self.word() + ' ', ' ', '——', '……', '—', '·', '～', '/', '-',
                                                 '(' + self.number() + ')', '(' + self.han(2) + ')',
                                                 self.number() + ')', ',', ' “' + self.han(3) + '”'))
                                   + self.han(r.choice((1, 2, 3)))))

    def paragraph(self):
        r = self.random
        out = r.choice(('', '', '%d.' % r.randrange(1, 40), '（%d）' % r.randrange(1, 9), '——', '“'))
        for _ in range(r.randrange(1, 25)):
            out += self.piece() + r.choice(('', '', '，', '，', '、', '；', '：', '。', '！', '？', '。”', '》，'))
        return out + '。'


def paragraphs(seed, n):
    writer = Writer(seed)
    return [writer.paragraph() for _ in range(n)]


def exchange(text, seed):
    """Another ideograph for every ideograph."""
    writer = Writer(seed)
    return ''.join(writer.han(1) if reference.is_han(c) else c for c in text)


def ends(pieces):
    out = [0]
    for piece in pieces:
        out.append(out[-1] + len(piece))
    return out


def check_exchange(texts):
    for measure in MEASURES:
        a = by_program(texts, measure, FIRST, reference.RULES)
        b = by_program([exchange(t, 7) for t in texts], measure, FIRST, reference.RULES)
        for text, x, y in zip(texts, a, b):
            if ends(x) != ends(y):
                return 'measure %s: %s' % (measure / EM, text[:20])
    return None


def record_texts():
    for path in sorted(glob('records/*.xml')):
        for element in ET.parse(path).getroot().iter():
            text = re.sub(r'\s*\n\s*', '', ''.join(element.itertext()) if element.text else '')
            if 10 < len(text) < 2000:
                yield text.strip()


# ---- the published plan ----

def published():
    """[text, first-line indent, lines as published, department, does it stand on the item's last line]"""
    out = []
    source = open(SHARED + '/sources/monthly-plan-2021-02.txt', encoding='utf-8').read()
    typed = re.findall(r'(\S\S) “', source)
    for row in open(SHARED + '/sources/monthly-plan-2021-02.lines.tsv', encoding='utf-8'):
        if row.startswith('#'):
            continue
        kinds, text = row.rstrip('\n').split('\t')[2:]
        for before in typed:
            text = text.replace(before + '“', before + ' “')
        kind = kinds.split('+')[0]
        at = text.find('负责科室：') if 'responsible' in kinds else len(text)
        if kind == 'responsible':
            out[-1][3:] = text, False
            continue
        if kind not in ('item', 'distribution') or re.match(r'\d+\.\D|[发报]：', text):
            out.append(['', FIRST if kind in ('item', 'heading1') else 0, [], '', False, kind])
        out[-1][0] += text[:at]
        out[-1][2].append(text[:at])
        if at < len(text):
            out[-1][3:5] = text[at:], True
    return out


def natural(text):
    return reference.Line(text, 0, len(text), reference.RULES)


def check_published():
    plan = published()
    whole = [p for p in plan if p[5:] not in (['title'], ['issuer'], ['signature'], ['date'])]
    lines = departments = total = 0
    for text, first, want, name, same, *_ in plan:
        centred = (text, first, want) not in [(p[0], p[1], p[2]) for p in whole]
        got = [text] if centred else by_program([text], PUBLISHED, first, reference.RULES)[0]
        lines += sum(line in got for line in want)
        total += len(want)
        if name:
            last, tag = natural(got[-1]), natural(name)
            fits = last.width + (first if len(got) == 1 else 0) + tag.need(0) <= PUBLISHED
            departments += fits == same
            lines += not same
            total += not same
    print('# %d of %d lines, %d of 60 departments' % (lines, total, departments))
    return (lines < 178 or total != 187 or departments != 60) and '%d of %d lines, %d departments' % (
        lines, total, departments)


texts = paragraphs(1, 150)
compare('random text', texts, firsts=(0, FIRST))
compare('random text, narrow', paragraphs(2, 60), measures=(3 * EM, 7 * EM, 21 * EM // 2), firsts=(0,))
for level in ('none', 'basic', 'strict'):
    compare('random text, level ' + level, paragraphs(3, 100), level=level)
for squeeze in ('never', 'always'):
    compare('random text, squeeze ' + squeeze, paragraphs(4, 100), squeeze=squeeze)
compare('random text, other amounts', paragraphs(5, 100), autospace=EM // 5, gap_shrink=EM // 16, mark_shrink=EM // 5,
        line_end=EM // 4)
compare('random text, no free half', paragraphs(6, 100), line_end=0)
case('every ideograph exchanged for another', check_exchange(texts))
compare('the example records', sorted(set(record_texts())))
if SHARED:
    compare('the published plan', [p[0] for p in published()])
    case('the published lines', check_published())
else:
    print('skip the published plan: no shared/ (GENPDF_SHARED)')
