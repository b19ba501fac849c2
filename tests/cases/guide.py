#!/usr/bin/python3
"""layouts/guide.md keeps its word: its files are written, its edits made and its commands run in a copy of the tree, lesson by
lesson, and what each promises is found in the PDF.

Fenced blocks: ```sh commands, ```xml PATH a whole file, ```diff PATH lines to insert (+) behind others.
Takes: layouts/guide.md, GENPDF.  Gives: ok / not ok / skip lines."""

import os
import re
import shutil
import sys
from pathlib import Path

import fitz

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, GENPDF, TOP, Fault, case, check, command, equal, finish, folder  # noqa: E402

GUIDE = (TOP / "layouts" / "guide.md").read_text(encoding="utf-8")
MM = 25.4 / 72
where = folder()
opened = []


def copy_tree():
    for name in ("layouts", "records", "fonts"):
        shutil.copytree(TOP / name, where / name)
    (where / "build").symlink_to(BUILD)


def lessons():
    """(number, [(language, path, text)]) of the sections."""
    parts = re.split(r"^## (\d+)\. .*$", GUIDE, flags=re.M)
    out = []
    for number, text in zip(parts[1::2], parts[2::2]):
        blocks = re.findall(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^ *```", text, re.M | re.S)
        out.append((int(number), [(language, path, re.sub("^" + indent, "", body, flags=re.M)) for indent, language, path, body in blocks]))
    return out


def insert(path, text):
    """Lines with + go behind the line before them, which must stand in the file once."""
    lines = text.rstrip("\n").split("\n")
    anchor = lines[0][1:] if lines[0].startswith(" ") else lines[0]
    rows = path.read_text(encoding="utf-8").split("\n")
    found = [n for n, row in enumerate(rows) if row.strip() == anchor.strip()]
    check(len(found) == 1, f"{path.name}: {anchor.strip()!r} stands {len(found)} times")
    check(lines[1:] and all(line.startswith("+") for line in lines[1:]), f"only + lines may follow: {text}")
    rows[found[0] + 1:found[0] + 1] = [line[1:] for line in lines[1:]]
    path.write_text("\n".join(rows), encoding="utf-8")


def follow(blocks):
    for language, path, text in blocks:
        file = where / (path or "")
        if language == "xml":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif language == "diff":
            insert(file, text)
        elif language == "sh":
            for line in text.strip().split("\n"):
                command("sh", "-ec", line.replace("build/genpdf", GENPDF), cwd=where,
                        env={"GENPDF_HOME": where, "GENPDF_FONTS": os.environ.get("GENPDF_FONTS", str(BUILD / "fonts"))})
        else:
            raise Fault(f"a block of {language}")


def span(pdf, words):
    """The span that holds these words: font, size, colour, left edge in mm."""
    opened.append(fitz.open(where / pdf))
    for page in opened[-1]:
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", []):
                for s in line["spans"]:
                    if words in re.sub(r"\s", "", s["text"]):
                        return {"font": s["font"], "size": s["size"], "colour": s["color"], "left": s["bbox"][0] * MM,
                                "right": line["bbox"][2] * MM, "y": s["origin"][1] * MM, "page": page.number + 1}
    raise Fault(f"{pdf} does not show {words}")


HEADING = "早字当头"


def margin():
    opened.append(fitz.open(where / "mine.pdf"))
    left = min(line["bbox"][0] * MM for page in opened[-1] for b in page.get_text("dict")["blocks"] for line in b.get("lines", [])
               if 40 < line["bbox"][1] * MM < 262)
    check(abs(left - 33) < 0.6, f"text begins at {left:.2f} mm")


def face():
    fonts = {span("mine.pdf", "预置抢险队伍")["font"], span("mine.pdf", "灾后复盘")["font"]}
    command(GENPDF, "records/news-2032-07-flood.xml", "-o", "plain.pdf", cwd=where)
    plain = span("plain.pdf", "预置抢险队伍")["font"]
    check(fonts and plain not in fonts, f"faces {fonts}, before {plain}")
    margin()


def heading():
    s = span("mine.pdf", HEADING)
    check(abs(s["size"] - 18) < 0.1, f"size {s['size']}")
    equal(s["colour"], 0xFF3333, "colour")
    centre = (span("mine.pdf", "一、")["left"] + s["right"]) / 2
    check(abs(centre - (33 + 156 / 2)) < 3, f"centre at {centre:.1f} mm")


def element():
    s = span("mine.pdf", "责任编辑：何望舒")
    below = span("mine.pdf", "月底前全部整改到位")
    check((s["page"], s["y"]) > (below["page"], below["y"]), "the editor does not stand below the text")
    check(abs(s["right"] - 184) < 3 or abs(s["right"] - 182) < 3, f"it ends at {s['right']:.1f} mm")
    # Without the template it is an error, as the guide says.
    run = command(GENPDF, "check", "records/news-2032-07-flood.xml", "-l", "news", cwd=where, env={"GENPDF_HOME": where}, fails=True)
    check(run.status == 2 and "[record-unplaced]" in run.messages, run)


def kind():
    text = (where / "letter.xml").read_text(encoding="utf-8")
    check("<!-- record：一份函。" in text and "title：" in text, "no comments of the schema")
    order = [span("letter.pdf", words) for words in ("防汛物资储备用地", "示例市自然资源局", "我局拟新建", "示例市水务局", "2032年4月18日")]
    equal([(s["page"], s["y"]) for s in order], sorted((s["page"], s["y"]) for s in order), "order on the page")
    check(order[0]["size"] > 20 and abs(order[1]["left"] - 28) < 1, f"title {order[0]}, recipients {order[1]}")


EFFECTS = {1: margin, 2: face, 3: heading, 4: element, 5: kind}
copy_tree()

for number, blocks in lessons():
    @case(f"guide-{number}")
    def _(number=number, blocks=blocks):
        check(any(language == "sh" for language, _, _ in blocks), "a lesson without commands")
        follow(blocks)
        EFFECTS[number]()


@case("guide-is-whole")
def _():
    equal([n for n, _ in lessons()], sorted(EFFECTS), "lessons")
    check(len(re.sub(r"\s", "", GUIDE)) < 9000, "more than two pages or so")

finish()
