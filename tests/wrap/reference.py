"""A second line breaker, slow and plain, written from the notes and sharing nothing with gen/text.

lines(text, measure, first, rules) -> the pieces of text that stand on one line each. Lengths are whole numbers, EM to the em.
What it knows: ideographs, Chinese marks and “ ” ‘ ’ — … · are one em, all else half an em; a run of half-width
characters is one unit; dashes and ellipses are; a gap stands between an ideograph and a letter or digit.
The rule: A is the last break that fits (the blank half of a mark at its end is free), B the next one. B is taken when
what squeezing must save is no more than marks and gaps can give and less than the stretch that A would leave."""
import re

EM = 2000

OPEN, CLOSE, POINT = '“‘（《〈「『【〔', '”’）》〉」』】〕', '，、；：。？！'
RULES = dict(autospace=EM // 4, gap_shrink=EM // 8, mark_shrink=EM // 2, line_end=EM // 2, squeeze='nearest', level='gb')
HALF = r'[!-~¥℃‰°]'


def is_half(c):
    return c in ' ¥℃‰°' or '!' <= c <= '~'


def is_han(c):
    return '\u3400' <= c <= '\u9fff' or '\U00020000' <= c <= '\U0003ffff'


def width(c):
    return EM // 2 if is_half(c) else EM


def is_word(c):
    return c.isascii() and c.isalnum()


def gap(text, i, rules):
    a, b = text[i - 1], text[i]
    return rules['autospace'] if (is_han(a) and is_word(b)) or (is_word(a) and is_han(b)) else 0


def blank(c):
    """The blank part of a mark, and how much of it is behind the ink."""
    if c in OPEN:
        return EM // 2, 0
    if c in CLOSE + POINT:
        return EM // 2, EM // 2
    return (EM // 2, EM // 4) if c == '·' else (0, 0)


def breaks(text, rules):
    """Where a line may begin, the end of the text included."""
    level = rules['level']
    squared = ''.join(map(chr, [*range(0x3371, 0x337B), *range(0x3380, 0x33E0)]))   # ㎡ ㎏: behind a number, as %
    not_first = ')]-%.,:;!?/℃‰°' + squared + ('' if level == 'none' else CLOSE + POINT + '·～')
    not_last = '([-￥+$\\' + ('' if level == 'none' else OPEN) + ('/' if level in ('gb', 'strict') else '')
    inside, dashes = set(), set()
    for run in re.finditer('(?:' + HALF + r'|∶|(?<=\d)·(?=\d))+|—+|…+', text):
        inside.update(range(run.start() + 1, run.end()))
        strict = level == 'strict' and run.group()[0] in '—…'
        if strict or (run.group() == '—' and level != 'none'):
            dashes.add(run.start())
    quotes = '"\''    # straight ones open and close alike: UAX #14, LB19
    return [i for i in range(1, len(text)) if i not in inside | dashes and text[i] != ' ' and not {text[i - 1], text[i]} & set(quotes)
            and text[i] not in not_first and text[i - 1] not in not_last] + [len(text)]


class Line:
    def __init__(self, text, start, end, rules):
        self.end = end
        while end > start and text[end - 1] == ' ':
            end -= 1
        self.width = sum(width(c) for c in text[start:end])
        self.free = self.gives = 0
        for i in range(start, end):
            mark, behind = blank(text[i])
            mark = min(mark, rules['mark_shrink'])
            if i == start and text[i] in OPEN:
                mark = 0
            if i == end - 1:
                self.free = min(behind, rules['line_end'])
                mark = max(mark - self.free, 0)
            self.gives += mark
            if i > start:
                self.width += gap(text, i, rules)
                self.gives += min(gap(text, i, rules), rules['gap_shrink'])
        if rules['squeeze'] == 'never':
            self.gives = 0

    def need(self, measure):
        return self.width - self.free - measure

    def stretch(self, measure):
        return measure - self.width if self.width <= measure else -self.need(measure)


def cut(text, start, a, b, measure, rules):
    """A unit a..b that no line can hold is cut where the line ends, between two half-width characters if it can be."""
    fits = [i for i in range(max(a, start + 1), b) if sum(
        width(text[k]) + (gap(text, k, rules) if k > start else 0) for k in range(start, i)) <= measure]
    words = [i for i in fits if i > a and is_half(text[i - 1]) and is_half(text[i])]
    if words:
        return words[-1]
    return a if a > start else max(fits + [start + 1])


def lines(text, measure, first=0, rules=RULES):
    legal, start, out, room = breaks(text, rules), 0, [], measure - first
    while start < len(text):
        a = b = None
        for end in legal:
            if end > start:
                b = Line(text, start, end, rules)
                if b.need(room) > 0:
                    break
                a, b = b, None
        if b is None:
            end = a.end
        else:
            may = b.need(room) <= b.gives and rules['squeeze'] != 'never'
            at = a.end if a else start
            alone = Line(text, at, b.end, rules)
            if may and (not a or rules['squeeze'] == 'always' or b.need(room) < a.stretch(room)):
                end = b.end
            elif not a or alone.need(measure) > alone.gives:
                end = cut(text, start, at, b.end, room, rules)
            else:
                end = at
        out.append(text[start:end])
        start, room = end, measure
    return out
