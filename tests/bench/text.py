"""text: long monthly plans of our own making, for the bench. Owns: an invented vocabulary and its grammar of nonsense.
Takes: a number of pages. Gives: a record, and the same text for floor.c. The same bytes on every run; no paragraph
stands there twice. `text.py PAGES RECORD.xml FLOOR.txt`

The text for the floor has a paragraph a line, and in it runs of one face, parted by tabs, the face's letter first:
t title, h headings, k headings of the second level, f text; T H K F: their ASCII."""
import math
import random
import sys
from xml.sax.saxutils import escape

EM, LINES = 26, 23.3            # a line of the layout monthly-plan; lines of a page, less what headings push on
UNITS = ['局办公室', '规划财务科', '社会救助科', '养老服务科', '儿童福利科', '区划地名科', '慈善事业科', '信息中心']
MONEY = ['万元', '户', '人次', '件', '家', '处', '%', '万人']


class Maker:
    def __init__(self):
        self.random = random.Random(9704).random    # of this module only random() is promised never to change
        chars = [bytes([row, cell]).decode('gb2312') for row in range(0xb0, 0xd8) for cell in range(0xa1, 0xff)
                 if not (row == 0xd7 and cell > 0xf9)]
        self.chars = self.shuffled(chars)
        self.words = [''.join(self.ranked(self.chars, 0.55) for _ in range(1 + self.below(3))) for _ in range(9000)]
        self.said = set()

    def below(self, n):
        return int(self.random() * n)

    def shuffled(self, items):
        for i in range(len(items) - 1, 0, -1):
            k = self.below(i + 1)
            items[i], items[k] = items[k], items[i]
        return items

    def ranked(self, items, steep):
        """An early one often, a late one seldom."""
        return items[int(len(items) ** (self.random() ** steep)) - 1]

    def word(self):
        return self.ranked(self.words, 0.75)

    def phrase(self, least, most):
        return ''.join(self.word() for _ in range(least + self.below(most - least + 1)))

    def figure(self):
        n = self.below(4)
        if n == 0:
            return '%d月%d日' % (1 + self.below(12), 1 + self.below(28))
        return '%s%s' % (['%d' % self.below(9000), '%.1f' % (self.random() * 90), '%d' % self.below(99)][n - 1],
                         MONEY[self.below(len(MONEY))])

    def piece(self):
        """(element or None, text)"""
        n = self.below(10)
        if n == 0:
            return 'document-ref', '《%s（2031-2033年）》' % self.phrase(4, 8)
        if n == 1:
            return 'quote', '“%s、%s”' % (self.phrase(1, 3), self.phrase(1, 3))
        if n == 2:
            return 'person', self.word() + '·' + self.word()
        if n < 6:
            return None, self.phrase(1, 3) + self.figure()
        return None, self.phrase(2, 5)

    def sentence(self):
        pieces = []
        for i in range(1 + self.below(5)):
            pieces += [(None, '，')] * (i > 0) + [self.piece()]
        return pieces + [(None, '。')]

    def paragraph(self):
        while True:
            pieces = [p for _ in range(1 + self.below(3)) for p in self.sentence()]
            text = ''.join(t for _, t in pieces)
            if text not in self.said:
                self.said.add(text)
                return pieces

    def heading(self):
        while True:
            text = self.phrase(3, 6)
            if text not in self.said:
                self.said.add(text)
                return text


def chinese(n):
    digits = ' 一二三四五六七八九'
    tens, ones = divmod(n, 10)
    return ((digits[tens] if tens > 1 else '') + '十' if tens else '') + digits[ones].strip()


def width(text):
    return sum(0.5 if c < '\x7f' else 1 for c in text)


def mark(pieces):
    return ''.join('<%s>%s</%s>' % (e, escape(t), e) if e else escape(t) for e, t in pieces)


class Writer:
    def __init__(self):
        self.record, self.floor, self.lines = [], [], 0.0

    def put(self, xml):
        self.record.append(xml + '\n')

    def say(self, face, text, indent=2):
        """A paragraph of the floor."""
        runs, was = [], None
        for c in text:
            now = face.upper() if c < '\x7f' else face
            if now != was:
                runs.append(now)
            runs[-1] += c
            was = now
        self.floor.append('\t'.join(runs) + '\n')
        self.lines += math.ceil((width(text) + indent) / EM)


def item(m, w, number):
    pieces = m.paragraph()
    unit = UNITS[m.below(len(UNITS))]
    w.put('<item number="%d.">\n<p>%s</p>' % (number, mark(pieces)))
    w.put('<responsible role="responsible" label="负责科室："><unit>%s</unit></responsible>\n</item>' % unit)
    w.say('f', '%d.%s负责科室：%s' % (number, ''.join(t for _, t in pieces), unit))


def section(w, face, number, heading):
    w.put('<section number="%s">\n<heading>%s</heading>' % (number, heading))
    w.say(face, number + heading)


def make(pages):
    """(record, text for the floor)"""
    m, w = Maker(), Writer()
    w.put('<?xml version="1.0" encoding="UTF-8"?>\n<record kind="monthly-plan" version="1" xml:lang="zh-Hans" year="2031">')
    w.put('<head><issuing-authority>示例市民政局</issuing-authority></head>\n<title>示例月份工作小结和工作计划</title>\n<body>')
    w.say('t', '示例市民政局')
    w.say('t', '示例月份工作小结和工作计划')
    part = group = 0
    want = pages * LINES - 4
    while w.lines < want:
        part, group = part + 1, 0
        section(w, 'h', chinese(part) + '、', m.heading())
        while w.lines < want and group < 30:
            group += 1
            section(w, 'k', '（%s）' % chinese(group), m.heading())
            for number in range(1, 9 + m.below(12)):
                item(m, w, number)
                if w.lines >= want:
                    break
            w.put('</section>')
        w.put('</section>')
    w.put('</body>\n</record>')
    return ''.join(w.record), ''.join(w.floor)


def main(pages, record, floor):
    texts = make(int(pages))
    for path, text in zip((record, floor), texts):
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)


if __name__ == '__main__':
    main(*sys.argv[1:])
