"""Reads what `genpdf --stop=list` prints (gen/list/list.h has the form) and answers questions about it.

Gives: the words that tests/golden/*/expect is written in (tests/golden/README.md). Lengths in mm from the sheet's
top left corner. Widths are those of the test fonts: ASCII and Latin letters half an em, everything else one em."""

import json
import re
from collections import namedtuple

from listform import RULE, TEXT, pens

Glyph = namedtuple("Glyph", "char x y size item")
Item = namedtuple("Item", "page x y font size colour origin line para turned place text")

MM = 25.4 / 72
NO_START = set("，。、；：？！”’）》」』】〕〉…—％‰℃·!),.:;?]}%") - set("—…·.")
NO_END = set("（《「『【〔〈“‘([{")
CLOSING = set("，。、；：？！”’）》」』】〕〉")


def half(char):
    return ord(char) < 0x250


class Line:
    """Glyphs on one baseline that belong together: text with its trailers, or one piece of furniture."""

    def __init__(self, page, y):
        self.page, self.y, self.glyphs, self.items = page, y, [], []

    def close(self):
        self.text = "".join(g.char for g in self.glyphs)
        self.origins = {i.origin for i in self.items}
        self.para = any(i.para for i in self.items)
        return self

    @property
    def left(self):
        return self.glyphs[0].x

    @property
    def right(self):
        return self.end_of(len(self.glyphs) - 1)

    def end_of(self, n):
        g = self.glyphs[n]
        return g.x + g.size * MM * (0.5 if half(g.char) else 1)

    def at(self, words):
        n = self.text.find(words)
        if n < 0:
            raise LookupError(f"no {words!r} in line {self.text!r}")
        return n


class Pages:
    def __init__(self, text):
        self.lines, self.rules, self.outline, self.fonts, self.sheets, self.meta = [], [], [], {}, [], {}
        self.furniture, self.tree = [], []
        item = None
        for row in text.split("\n"):
            if row.startswith(" ") and item:
                self.pens(item, row)
                item = None
            elif row.startswith("page "):
                word = row.split()
                self.sheets.append((int(word[1]), *map(float, word[2].split("x"))))
            elif row.startswith("font "):
                self.fonts[int(row.split()[1])] = row.split()[2]
            elif row.startswith("text "):
                item = self.item(row)
            elif row.startswith("rule "):
                found = RULE.match(row)
                self.rules.append((len(self.sheets), *map(float, found.group("x", "y", "width", "height")), *found.group("colour", "origin")))
            elif row.startswith("outline "):
                level, title, page, y = re.match(r'outline (\d+) (".*") page (\d+) at (\S+)', row).groups()
                self.outline.append((int(level), json.loads(title), int(page), float(y)))
            elif row.startswith("meta "):
                _, key, value = row.split(" ", 2)
                self.meta[key] = json.loads(value)
            elif row.strip() and row != "tree":
                self.tree.append(row)
        for line in self.lines + self.furniture:
            line.close()

    def item(self, row):
        found = TEXT.match(row).groupdict()
        item = Item(len(self.sheets), float(found["x"]), float(found["y"]), self.fonts[int(found["font"])], float(found["size"]), found["colour"],
                    found["origin"], bool(found["line"]), bool(found["para"]), bool(found["turned"]), found["place"], json.loads(found["words"]))
        lines = self.furniture if item.origin == "F" else self.lines
        if item.line or not lines:
            lines.append(Line(item.page, item.y))
        lines[-1].items.append(item)
        return item, lines[-1]

    def pens(self, where, row):
        item, line = where
        for _, characters, x, y in pens(row, item.text, item.turned):
            if characters:
                line.glyphs.append(Glyph(characters, item.x + x, item.y + y, item.size, item))

    # ---- finding ----

    def find(self, words):
        """The line that holds these words; they must be in one line only."""
        found = [line for line in self.lines + self.furniture if words in line.text]
        if len(found) != 1:
            raise LookupError(f"{words!r} stands in {len(found)} lines")
        return found[0]

    def glyph(self, words, last=False):
        line = self.find(words)
        return line.glyphs[line.at(words) + (len(words) - 1 if last else 0)]

    def of_page(self, number):
        return [line for line in self.lines if line.page == number]

    # ---- the words of expect files ----

    def words(self):
        return {name: getattr(self, "say_" + name) for name in
                "pages page line lines text left x y right size face origin colour para rules outline numbers meta".split()}

    def say_pages(self):
        """Number of pages."""
        return len(self.sheets)

    def say_page(self, words):
        """Number of the page where these words stand."""
        return self.find(words).page

    def say_line(self, words):
        """Number of their line on its page, furniture not counted, from 1."""
        line = self.find(words)
        return self.of_page(line.page).index(line) + 1

    def say_text(self, page, number):
        """The words of a line; negative: from the page's foot."""
        lines = self.of_page(page)
        return lines[number - (number > 0)].text

    def say_left(self, page, number):
        """Left edge of a line."""
        return self.of_page(page)[number - (number > 0)].left

    def say_lines(self, words):
        """Number of lines of the paragraph that begins with these words, trailers' own lines included."""
        starts = [n for n, line in enumerate(self.lines) if line.para and line.text.startswith(words)]
        if len(starts) != 1:
            raise LookupError(f"{len(starts)} paragraphs begin with {words!r}")
        n = starts[0] + 1
        while n < len(self.lines) and not self.lines[n].para:
            n += 1
        return n - starts[0]

    def say_x(self, words):
        """Left edge of the first of these words."""
        return self.glyph(words).x

    def say_right(self, words):
        """Right edge of the last of these words, a full-width mark counted whole."""
        line = self.find(words)
        return line.end_of(line.at(words) + len(words) - 1)

    def say_y(self, words):
        """Baseline of the first of these words."""
        return self.glyph(words).y

    def say_size(self, words):
        return self.glyph(words).size

    def say_face(self, words):
        return self.glyph(words).item.font.replace("GenpdfTiny", "")

    def say_origin(self, words):
        """R record, G generated, F furniture."""
        return self.glyph(words).item.origin

    def say_colour(self, words):
        return self.glyph(words).item.colour

    def say_para(self, words):
        """Whether a paragraph begins with the line of these words."""
        return self.find(words).para

    def say_rules(self, page):
        """x, y, width, height of the rules of a page."""
        return [rule[1:5] for rule in self.rules if rule[0] == page]

    def say_outline(self):
        """Level, title and page of the entries of the outline."""
        return [entry[:3] for entry in self.outline]

    def say_numbers(self):
        """Words of the furniture, page by page."""
        return [line.text for line in self.furniture]

    def say_meta(self, key):
        return self.meta.get(key)


# ---- what holds for every page ----

def faults(pages, narrowest=1):
    """Rules that no layout of ours breaks: line starts and ends, order, ink on the sheet, no overlap in a line.
    narrowest: width of a Latin letter against half an em."""
    for line in pages.lines:
        words = line.text.strip()
        if not words:
            continue
        if not line.para and words[0] in NO_START:
            yield f"line begins with {words[0]}: {words}"
        if words[-1] in NO_END:
            yield f"line ends with {words[-1]}: {words}"
        _, width, height = pages.sheets[line.page - 1]
        if line.left < 0 or line.right > width or not 0 < line.y < height:
            yield f"outside of the sheet: {words}"
        for a, b in zip(line.glyphs, line.glyphs[1:]):
            blank = 0.5 * b.size * MM if b.char in NO_END and not half(b.char) else 0   # its em may begin in what stands before
            if b.x + blank - a.x < 0.45 * min(a.size, b.size) * MM * (narrowest if half(a.char) else 1) - 0.002:
                yield f"{b.char} overlaps {a.char}: {words}"
    for a, b in zip(pages.lines, pages.lines[1:]):
        if a.page == b.page and b.y < a.y or b.page < a.page:
            yield f"out of order: {b.text}"
