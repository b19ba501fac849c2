"""What a finished PDF shows, whoever made it: its text against the record, its lines, its table.

Takes: a PDF; PyMuPDF and pdftotext.  Gives: figures. Only what can be read from the file is said."""
import re
import subprocess
from collections import Counter

import fitz
import numpy as np

NEVER_FIRST = "，。、；：？！）》〉」』】〕”’％%…"
NEVER_LAST = "（《〈「『【〔“‘"
MM = 72 / 25.4


def lines(pdf, *how):
    out = subprocess.run(["pdftotext", *how, "-enc", "UTF-8", pdf, "-"], capture_output=True, check=True).stdout.decode()
    found = [line.strip() for line in out.replace("\f", "\n").split("\n")]
    return [line for line in found if line and not re.fullmatch(r"[—–\-\s]*\d+[—–\-\s]*", line)]


def spaces(pdf, texts):
    """Spaces a reader copies that the record has not; characters of the record it does not get."""
    got, want = "".join(lines(pdf)), "".join(d + t for d, t in texts)
    lost = Counter(re.sub(r"\s", "", want)) - Counter(re.sub(r"\s", "", got))
    return max(0, got.count(" ") - want.count(" ")), sum(lost.values())


def rows(page):
    """What stands on one baseline, from left to right: the lines as the eye sees them."""
    found = {}
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                y = next((y for y in found if abs(y - span["origin"][1]) < 3), span["origin"][1])
                found.setdefault(y, []).append((span["origin"][0], span["text"]))
    return [re.sub(r"\s", "", "".join(text for _, text in sorted(found[y]))) for y in sorted(found)]


def bad_breaks(pdf):
    with fitz.open(pdf) as doc:
        found = [row for page in doc for row in rows(page) if row]
    return sum(row[0] in NEVER_FIRST or row[-1] in NEVER_LAST for row in found)


def claims(pdf):
    """What the file says of itself: PDF/A, PDF/UA, tagged."""
    with fitz.open(pdf) as doc:
        xmp = doc.get_xml_metadata() or ""
    part, level = (re.search(rf"pdfaid:{name}(?:>|=\")(\w)", xmp) for name in ("part", "conformance"))
    said = [f"A-{part[1]}{level[1].lower() if level else ''}"] if part else []
    said += ["UA-1"] if "pdfuaid:part" in xmp else []
    tagged = "yes" in re.search(r"Tagged:\s*(\w+)", subprocess.run(["pdfinfo", pdf], capture_output=True).stdout.decode())[1]
    return said or (["tagged"] if tagged else ["-"])


# ---- the table ----

def dark_rows(page):
    """The drawn page as (y, left, right) of dark rows: what is a rule in print, however it was drawn."""
    pix = page.get_pixmap(dpi=144, colorspace=fitz.csGRAY)
    image = np.frombuffer(pix.samples, dtype=np.uint8).reshape(pix.height, pix.stride)[:, :pix.width] < 240
    found = []
    for y in range(pix.height):
        at = np.flatnonzero(image[y])
        if len(at) > pix.width // 20 and len(at) > 0.95 * (at[-1] - at[0]):
            found.append((y / 2, at[0] / 2, at[-1] / 2))
    return found


def text_lines(page):
    """(bottom, text) of the page's lines without page numbers, blanks left out."""
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            text = re.sub(r"\s", "", "".join(span["text"] for span in line["spans"]))
            if text and not re.fullmatch(r"[—–\-]+\d+[—–\-]+|第\d+页共\d+页", text):
                found.append((line["origin"][1] if "origin" in line else line["spans"][0]["origin"][1], text))
    return found


def label_seen(found, theme):
    return theme in "".join(text for _, text in sorted(found) if text in theme or theme in text)


def closed_below(page, found):
    """A rule as wide as the table stands below the last line of text."""
    drawn = dark_rows(page)
    if not drawn or not found:
        return False
    wide = max(right - left for _, left, right in drawn)
    foot = max((baseline for baseline, _ in found), default=0)
    return any(y > foot and right - left > wide - 3 for y, left, right in drawn)


def table(pdf, themes, head):
    """pages; pages that repeat the head; cut labels seen again of all cut; pages whose frame is closed at the foot; the emptiest page."""
    with fitz.open(pdf) as doc:
        pages, heads, cut, seen, closed, shares = len(doc), 0, 0, 0, 0, []
        begun, cells = set(), "|".join(re.sub(r"\s", "", str(cell)) for _, rows in themes for row in rows for cell in row)
        for number, page in enumerate(doc):
            found = text_lines(page)
            text = "".join(t for _, t in found)
            heads += all(word in text for word in head)
            for theme, rows in themes:
                here = any(re.sub(r"\s", "", row[1])[:7] in text for row in rows)
                again = here and theme in begun
                cut += again
                seen += again and label_seen(found, theme)
                begun |= {theme} if here else set()
            closed += closed_below(page, [line for line in found if line[1] in cells])
            if number < pages - 1:
                shares.append((max(b for b, _ in found) - 25 * MM) / (page.rect.height - 50 * MM))
    return {"pages": pages, "head": heads, "cut": cut, "label": seen, "closed": closed, "emptiest": min(shares, default=1)}
