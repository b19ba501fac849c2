"""checks: what the cases of tables ask of a finished PDF.

Takes: pages as home.py reads them. Gives: where their rules and characters stand; assertions with words."""

from home import Home, MM, NEAR, Rules
from markup import PITCH, section

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
