"""The same paragraphs set in many other ways: other measures, ways to cut, blank lines, indents, pages, line ends.

Owns: the ways.  Takes: paragraphs as (kind, text), from drafts.paragraphs.  Gives: text.  All ways say the same, so all must
import to the same record, byte for byte.  The same seed gives the same way.
"""
import random
import re
import textwrap

import drafts

HAN = "[\u3400-\u9fff]"


def way(seed):
    r = random.Random(seed)
    return {
        "cut": r.choice(["none", "em", "em", "em", "chars", "textwrap"]),
        "measure": r.choice([18, 20, 22.5, 25.956, 28, 31, 36, 40, 45]),
        "indent": r.choice(["", "", "\u3000\u3000", "    "]),
        "blank": r.choice(["none", "none", "all", "paragraph"]),
        "tag": r.choice(["own", "same"]),
        "page": r.choice(["none", "none", "feed", "blank", "dash", "number"]),
        "end": r.choice(["\n", "\n", "\r\n", "\r"]),
        "gap": r.choice(["", "", " ", "\u00a0"]),
        "tail": r.choice(["", " ", "\n\n", "\u3000"]),
    }


GAP = rf"(?<={drafts.WORDS})(?={HAN})|(?<={HAN})(?={drafts.WORDS})"
SHOWN = rf"(?<={drafts.WORDS}) (?={HAN})|(?<={HAN}) (?={drafts.WORDS})"
WORD = r"[A-Za-z0-9.%‰℃-]*[A-Za-z][A-Za-z0-9.%‰℃-]*"
TYPED = r"[^\0\1] +[^\0\1]"         # a typed space with both sides


def cut_em(text, measure, indent, gap):
    """As a page: numbers and words whole, marks where they belong; gaps are seen afterwards."""
    units = []
    for p in drafts.pieces(text):
        if "\1" in p:
            units += [p, ""]
        elif units and (p == " " or units[-1].endswith(" ")):
            units[-1] += p
        else:
            units.append(p)
    lines, line, room = [], "", measure - indent
    for p in units:
        w = drafts.width(line + p) - (0.5 if p[-1:] and p[-1] in "，。、；：”’）》" else 0)
        if line and w > room:
            lines.append(line)
            line, room = "", measure
        line += p
    return [re.sub(GAP, gap, line) for line in lines + [line]]


def cut_chars(text, measure, gap):
    """As a script: every line has the same number of characters, gaps counted; Latin words and typed spaces stay whole."""
    lines, line, n = [], "", int(measure)
    marked = re.sub(GAP, "\0", text) if gap else text
    for p in re.findall(rf"[\0\1]|{TYPED}|{WORD}|.", marked):
        if line and len(line) + len(p) > n:
            lines.append(line)
            line = ""
        line += p
    return [line.strip("\0\1").replace("\0", gap) for line in lines + [line]]


def cut_textwrap(text, measure, gap):
    """As another script: at gaps if there are any, else anywhere. Not where that would cut a word or a typed space."""
    hidden = re.sub(r" (?=[^\x20-\x7e])|(?<=[^\x20-\x7e]) ", "\0", text).replace("\1", " ")
    hidden = re.sub(GAP, " ", hidden) if gap else hidden
    rows = textwrap.wrap(hidden, int(measure), break_on_hyphens=False)
    bad = any(re.search("[A-Za-z0-9]$", a) and re.match("[A-Za-z0-9]", b) or a[-1] == "\0" or b[0] == "\0"
              for a, b in zip(rows, rows[1:]))
    if bad:
        return cut_chars(text, measure, gap)
    return [re.sub(SHOWN, gap, row).replace("\0", " ") for row in rows]


def cut(text, w, indent):
    if w["cut"] == "none":
        return [re.sub(GAP, w["gap"], text)]
    if w["cut"] == "chars":
        return cut_chars(text, w["measure"], w["gap"])
    if w["cut"] == "textwrap":
        return cut_textwrap(text, w["measure"], w["gap"])
    return cut_em(text, w["measure"], indent, w["gap"])


def with_tags(paragraphs, w):
    out = []
    for kind, text in paragraphs:
        if kind == "tag" and w["tag"] == "same":
            out[-1] = (out[-1][0], out[-1][1] + "\1" + text)
        else:
            out.append((kind, text))
    return out


def rows_of(paragraphs, w):
    """(line, opens a paragraph)"""
    rows = []
    for kind, text in with_tags(paragraphs, w):
        flush = kind in ("issuing-authority", "title", "date")
        parts = cut(text, w, 2) if not flush else [re.sub(GAP, w["gap"], text)]   # a title's lines are its own affair
        parts = [p.strip("\1").replace("\1", " ") for p in parts]
        rows += [((w["indent"] if not i and not flush else "") + p, not i) for i, p in enumerate(parts)]
    return rows


def compose(paragraphs, w):
    out, page, last = [], 1, 0
    rows = rows_of(paragraphs, w)
    spaced = w["blank"] == "all" or w["page"] == "blank"
    for i, (line, opens) in enumerate(rows):
        top = i > 0 and i % 23 == 0 and w["page"] != "none"
        if top:
            page += 1
            if w["page"] == "feed":
                line = "\f" + line
            elif w["page"] == "blank":
                line = " " + line
            elif w["page"] == "dash":
                out += ["", f"- {page - 1} -", ""]
            else:
                out += [str(page - 1)]
                line = "\f" + line
        elif i > 0 and (spaced or w["blank"] == "paragraph" and opens):
            out.append("")
        out.append(line)
        last = i
    return (w["end"].join(out) + w["end"] + w["tail"]).encode()
