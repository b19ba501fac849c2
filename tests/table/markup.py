"""Short words for tables in the result vocabulary."""

from home import MM

LEFT, RIGHT, ABOVE, FOOT = 25 * MM, 185 * MM, 40 * MM, 256 * MM     # of the body (home.py)
PITCH = 16


def attrs(given):
    return ''.join(' %s="%s"' % (k.replace('_', '-'), v) for k, v in given.items())


def c(content='', **given):
    return '<cell%s>%s</cell>' % (attrs(given), content)


def row(*cells, **given):
    return '<row%s>%s</row>' % (attrs(given), ''.join(x if x.startswith('<') else c(x) for x in cells))


def header(*rows):
    return '<header>%s</header>' % ''.join(rows)


def cols(*widths):
    """Millimetres, or what a column's width may be; (width, {min, max})."""
    out = []
    for w in widths:
        w, more = w if isinstance(w, tuple) else (w, {})
        out.append('<col width="%s"%s/>' % (w if isinstance(w, str) else '%gmm' % w, attrs(more)))
    return ''.join(out)


def table(*parts, **given):
    given = dict({'style': 'cell', 'pad_x': '1mm', 'pad_y': '2pt'}, **given)
    return '<table%s>\n%s\n</table>' % (attrs(given), '\n'.join(parts))


def p(text, style='plain'):
    return '<p style="%s">%s</p>' % (style, text)


def space(points):
    return '<space height="%gpt"/>' % points


def section(*blocks, page='body'):
    return '<section page="%s">%s</section>' % (page, '\n'.join(blocks))
