"""Plain-text drafts of a record, in the forms an importer meets, and the comparison of what comes back.

Owns: the variants below; all say the same text as the record, so all must import to the same record.
Takes: records/*.xml.  Gives: text on stdout; the same bytes on every run.

  drafts.py variants              the names of the variants
  drafts.py make VARIANT RECORD   one draft
  drafts.py text RECORD           marks and text in reading order without white space (text equation (b))
  drafts.py same RECORD OTHER     0 when OTHER says what RECORD says: inlines flattened, metadata left out (drafts print none)
"""
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

MEASURE = 25.956            # em; the published house of monthly-plan-geometry.md
MARKS = ("number", "marker", "label")
BLOCKS = {"record", "metadata", "head", "body", "section", "item", "attachments-note", "signature", "distribution"}
WORDS = "[0-9A-Za-z]"
# What a draft keeps of the inlines: units and persons of a responsible line, the date of a signature.
KEPT = {("responsible", "unit"), ("responsible", "person"), ("signature", "date"), ("signature", "person")}


# ---- reading a record ------------------------------------------------------

def is_wide(c):
    return unicodedata.east_asian_width(c) in "WF" or c in "“”‘’—…·"


def settle(text):
    """White space as a layout reads it: a run with a line break is nothing between wide characters, else one space."""
    def one(m):
        before, after = m.string[:m.start()][-1:], m.string[m.end():][:1]
        if not before or not after:
            return ""
        return "" if "\n" in m.group() and is_wide(before) and is_wide(after) else " "
    return re.sub(r"[ \t\r\n]+", one, text)


def words(e):
    return settle("".join(e.itertext()))


def units_and_marks(e):
    """A responsible line as (tag, text) pieces; loose text is tag ''."""
    out = [("", settle(e.text or ""))]
    for kid in e:
        out += [(kid.tag, words(kid)), ("", settle(kid.tail or ""))]
    return [p for p in out if p[1]]


def equation(e):
    """Marks and text in reading order; e's own marks come before its text."""
    out = "".join(e.get(m, "") for m in MARKS) + (e.text or "")
    for kid in e:
        out += equation(kid) + (kid.tail or "")
    return out


def squeeze(text):
    return re.sub(r"[\s\ufeff]+", "", text)


def paragraphs(e):
    """(kind, text) of everything printed, in order."""
    tag = e.tag
    if tag in ("metadata", "heading"):
        return []
    if tag == "section":
        own = [("heading", e.get("number") + words(e.find("heading")))]
        return own + [p for kid in e for p in paragraphs(kid)]
    if tag == "item":
        first, *rest = e.findall("p")
        own = [("item", e.get("number") + words(first))] + [("p", words(p)) for p in rest]
        return own + [("tag", r.get("label", "") + words(r)) for r in e.findall("responsible")]
    if tag == "title" and e.find("line") is not None:
        return [("title", words(line)) for line in e]
    if tag in BLOCKS:
        own = [(tag, e.get("label"))] if tag == "attachments-note" else []
        return own + [p for kid in e for p in paragraphs(kid)]
    return [(tag, "".join(e.get(m, "") for m in MARKS) + words(e))]


# ---- setting lines as a page would show them -------------------------------

def gaps(text):
    """What text extraction makes of the quarter-em gaps between Han and Latin; one in twenty is missing, as in real files."""
    seen = 0

    def space(m):
        nonlocal seen
        seen += 1
        return m.group() if seen % 20 == 19 else m.group() + " "
    return re.sub(rf"(?<={WORDS})(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?={WORDS})", space, text)


def width(s):
    em = sum(0.5 if c.isascii() else 1.0 for c in s)
    return em + 0.25 * len(re.findall(rf"{WORDS}(?=[\u3400-\u9fff])|[\u3400-\u9fff](?={WORDS})", s))


def pieces(text):
    """Parts that a line end must not cut: numbers, Latin words, dashes, and marks that may not start or end a line."""
    part = r"[\x21-\x7e￥]+[%‰℃]?|—+|…+|."
    return re.findall(rf"[“‘（《(]*(?:{part})[，。、；：？！”’）》)·%‰℃]*| ", text)


def wrap(text, indent):
    """Greedy lines of MEASURE; a final closing mark may use its blank half. Enough for a draft: no layout is tested by it."""
    lines, line, room = [], "", MEASURE - indent
    for p in pieces(text):
        w = width(line + p) - (0.5 if p[-1] in "，。、；：”’）》" else 0)
        if line and w > room:
            if line.endswith(" ") or p == " ":
                sys.exit(f"drafts: a typed space would be lost at a line end: {line}")
            lines.append(line)
            line, room = "", MEASURE
        line += p
    return lines + [line]


def stretched(line):
    """False spaces in groups of two and three, as extraction shows a line pulled wide; none before a mark."""
    out, at = [], 0
    for n in (2, 3, 2, 3, 3) * 6:
        n += line[at + n:at + n + 1] in tuple("，、")
        out.append(line[at:at + n])
        at += n
    return " ".join(g for g in out if g)


def set_lines(record):
    """(kind, text, indent, department) lines; a department ends the item's last line where it fits, else it stands alone."""
    out = []
    for kind, text in paragraphs(record):
        if kind == "tag":
            last, row, indent, _ = out[-1]
            if last in ("item", "more", "p") and indent + width(row) + width(text) <= MEASURE:
                out[-1] = ("closed", row, indent, text)
            else:
                out.append(("tag", text, 0, ""))
        else:
            indent = 0 if kind in ("issuing-authority", "title", "date") else 2
            rows = wrap(text, indent)
            out.append((kind, rows[0], indent, ""))
            out += [("more", row, 0, "") for row in rows[1:]]
    return out


def starts_page(i):
    """23 lines on the first page, 24 on the others."""
    return i >= 23 and (i - 23) % 24 == 0


# ---- the variants ----------------------------------------------------------

def wrapped(record):
    """A PDF's text: real line ends, blank lines between, one space where a page began, gaps shown, one stretched line."""
    rows = set_lines(record)
    full = [i for i, r in enumerate(rows) if r[0] == "more" and re.fullmatch(r"[\u3400-\u9fff，、]{25,}", r[1])]
    out = [f"{text} {tag}" if tag else text for _, text, _, tag in rows]
    if full:
        middle = full[len(full) // 2]
        out[middle] = stretched(out[middle])
    lines = gaps("\n".join(out)).split("\n")
    return "".join((" " if i == 0 or starts_page(i) else "\n") + line + "\n" for i, line in enumerate(lines)) + " "


def paged(record):
    """A PDF's text with its positions kept: indents and right alignment as spaces, form feeds, no blank lines, no gaps."""
    out = []
    for i, (kind, text, indent, tag) in enumerate(set_lines(record)):
        free = int(2 * (MEASURE - indent - width(text + tag)))
        left = {"issuing-authority": free // 2, "title": free // 2, "date": free, "tag": free}.get(kind, int(2 * indent))
        line = " " * max(left, 0) + text + (" " * max(free, 1) + tag if tag else "")
        out.append(("\f" if starts_page(i) else "") + line + "\n")
    return "".join(out) + "\f"


def joined(record):
    """One paragraph a line, gaps shown, departments behind the text."""
    out = []
    for kind, text in paragraphs(record):
        if kind == "tag":
            out[-1] += " " + text
        else:
            out.append(text)
    return gaps("\n".join(out)) + "\n"


def own_line(record):
    """One paragraph a line, departments on lines of their own, no gaps."""
    return "".join(text + "\n" for _, text in paragraphs(record))


def word(record):
    """Saved from a word processor: BOM, CR LF, U+3000 indents and alignment, NBSP in gaps and on empty lines, blanks at ends."""
    typed = "\0"               # a typed space stays what the key gave
    out = []
    for i, (kind, text) in enumerate(paragraphs(record)):
        left = {"issuing-authority": 8, "title": 4, "date": 14}.get(kind, 2)
        if kind in ("heading", "date"):
            out.append("\u00a0")
        shown = gaps(text.replace(" ", typed)).replace(" ", "\u00a0").replace(typed, " ")
        out.append("\u3000" * left + shown + "  " * (i % 5 == 3))
    return "\ufeff" + "".join(line + "\r\n" for line in out)


VARIANTS = {"wrapped": wrapped, "paged": paged, "joined": joined, "own-line": own_line, "word": word}


# ---- comparing -------------------------------------------------------------

def flat(e, depth=0):
    """Lines that say what a draft can say of e."""
    if e.tag == "metadata":
        return []
    own = " ".join(f'{k.split("}")[-1]}="{v}"' for k, v in sorted(e.attrib.items()))
    line = "  " * depth + e.tag + (" " + own if own else "")
    if e.tag == "responsible":
        return [line] + ["  " * depth + f"  {tag or 'text'} {text}" for tag, text in units_and_marks(e)]
    kids = [k for k in e if e.tag in BLOCKS or e.tag == "title" and k.tag == "line" or (e.tag, k.tag) in KEPT]
    if not kids:
        return [line + " | " + words(e)]
    return [line] + [row for k in kids for row in flat(k, depth + 1)]


def same(a, b):
    left, right = flat(ET.parse(a).getroot()), flat(ET.parse(b).getroot())
    for n in range(max(len(left), len(right))):
        x, y = (s[n] if n < len(s) else "(nothing)" for s in (left, right))
        if x != y:
            return f"differs at part {n + 1}:\n  {a}: {x.strip()}\n  {b}: {y.strip()}"
    return ""


def main(argv):
    if argv == ["variants"]:
        print("\n".join(VARIANTS))
    elif len(argv) == 3 and argv[0] == "make" and argv[1] in VARIANTS:
        sys.stdout.buffer.write(VARIANTS[argv[1]](ET.parse(argv[2]).getroot()).encode())
    elif len(argv) == 2 and argv[0] == "text":
        print(squeeze(equation(ET.parse(argv[1]).getroot())))
    elif len(argv) == 3 and argv[0] == "same":
        why = same(argv[1], argv[2])
        if why:
            sys.exit(why)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
