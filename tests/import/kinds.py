"""Chronicles and news items as plain text, and records of them as lines that tests can compare.

Takes: records/*.xml.  Gives: paragraphs (kind, text) of a record as its draft would print them; flat(): an element a line, inlines that an
importer makes in brackets, all others as their text.
"""
from drafts import settle

MADE = {"document-number", "clause", "dateline", "br"}         # inlines that an import can find
BLOCKS = {"record", "head", "body", "section", "entry", "signature", "attachments-note", "distribution", "related"}


def attributes(e):
    return "".join(f' {k}="{v}"' for k, v in sorted((k.split("}")[-1], v) for k, v in e.attrib.items()))


def words(e):
    """Text with the inlines of MADE in brackets."""
    out = e.text or ""
    for kid in e:
        inner = words(kid)
        out += f"[{kid.tag}{attributes(kid)}{'|' if inner else ''}{inner}]" if kid.tag in MADE else inner
        out += kid.tail or ""
    return out


def flat(e):
    if e.tag == "metadata":
        return []
    line = e.tag + attributes(e)
    kids = [k for k in e if k.tag in BLOCKS or e.tag in BLOCKS or k.tag == "line"]
    if not kids:
        text = settle(words(e))
        return [f"{line} | {text}" if text else line]
    return [line] + [row for k in kids for row in flat(k)]


def printed(e):
    own = e.get("marker", "") if e.tag == "clause" else " " if e.tag == "br" else ""
    return own + (e.text or "") + "".join(printed(k) + (k.tail or "") for k in e)


def plain(e):
    return settle(printed(e))


def paragraphs(e):
    """(kind, text) of everything a draft of the record prints, in order."""
    if e.tag in ("metadata", "heading") or e.get("source") == "derived":
        return []
    if e.tag == "section":
        return [("heading", e.get("number", "") + plain(e.find("heading")))] + [p for k in e for p in paragraphs(k)]
    if e.tag == "entry":
        texts = [plain(p) for p in e.findall("p")]
        return [("p", e.get("label", "") + texts[0])] + [("p", t) for t in texts[1:]]
    if e.tag == "title" and e.find("line") is not None:
        return [("title", plain(line)) for line in e]
    if e.tag in BLOCKS:
        own = [("title", e.get("label"))] if e.get("label") else []
        return own + [p for k in e for p in paragraphs(k)]
    kind = {"kicker": "title", "subtitle": "title", "byline": "title", "issuing-authority": "issuing-authority"}
    return [(kind.get(e.tag, e.tag), plain(e))]


def lines(e):
    """One paragraph a line."""
    return "".join(text + "\n" for _, text in paragraphs(e))
