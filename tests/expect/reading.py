"""What a reader gave back of a page, against what genpdf says stands there (--stop=text).
Readers make line ends and spaces at the ends of lines as they like, gaps or no gaps; some give white space of any kind and number (U+3000 of
a layout, two spaces of a record) as one space. Everything else is compared character by character, space for space."""

import re
from xml.etree import ElementTree as ET

from cases import TOP


def layouts(kind):
    return [p.parent.name for p in sorted((TOP / "layouts").glob("*/layout.xml")) if ET.parse(p).getroot().get("kind") == kind]


def documents():
    """(name, record, layout): every record in every layout of its kind."""
    for record in sorted((TOP / "records").glob("*.xml")):
        for layout in layouts(ET.parse(record).getroot().get("kind")):
            yield f"{record.stem}-{layout}", record, layout


def one_space(text):
    return re.sub("[ \u3000]+", " ", text)


def first_fault(want, got):
    """Lines of a page against what a reader gave: None, or the place. Line ends are the reader's own; so are spaces beside ours."""
    got = got.replace("\r", "").replace("\n", "")
    at = 0
    for number, line in enumerate(want.split("\n"), 1):
        words = line.strip(" ")
        while got[at:at + 1] == " " and not words.startswith(" "):
            at += 1
        if got[at:at + len(words)] != words:
            i = next(i for i in range(len(words)) if got[at + i:at + i + 1] != words[i])
            return f"line {number}: {words[max(0, i - 10):i + 10]!r}, read {got[max(0, at + i - 10):at + i + 10]!r}"
        at += len(words)
    rest = got[at:].strip(" ")
    return f"behind the last line: {rest[:20]!r}" if rest else None
