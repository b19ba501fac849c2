#!/usr/bin/python3
"""genpdf new: a commented record to begin with, for every kind there is a schema of; it is good as it is, and its comments are what
the schema says.

Takes: GENPDF, records/schema/, records/new/.  Gives: ok / not ok lines."""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import TOP, case, check, command, equal, finish, folder, genpdf  # noqa: E402

RNG = "{http://relaxng.org/ns/structure/1.0}"
DOC = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
SCHEMA = TOP / "records" / "schema"
KINDS = sorted(p.stem for p in SCHEMA.glob("*.rng") if ET.parse(p).getroot().find(RNG + "start") is not None)
tmp = folder()


def words_of(file, seen=None):
    """What a grammar and those it includes say in Chinese."""
    root = ET.parse(file).getroot()
    out = {re.sub(r"\s+", "", e.text) for e in root.iter(DOC) if e.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh"}
    for e in root.iter(RNG + "include"):
        out |= words_of(file.parent / e.get("href"))
    return out


def squeeze(text):
    return re.sub(r"\s+", "", text)


@case("new-lists-the-kinds")
def _():
    rows = genpdf("new").text.split("\n")[:-1]
    equal([row.split()[0] for row in rows], KINDS, "kinds")
    check(all(re.search("[一-鿿]{3}", row) for row in rows), f"a kind without a word on it: {rows}")


for kind in KINDS:
    @case(f"new-{kind}")
    def _(kind=kind):
        file = tmp / f"{kind}.xml"
        genpdf("new", kind, "-o", file)
        genpdf("check", "--strict", file)
        genpdf(file, "-o", tmp / f"{kind}.pdf")
        root = ET.parse(file).getroot()
        equal(root.get("kind"), kind, "kind")
        shown = squeeze(command("pdftotext", "-raw", "-enc", "UTF-8", tmp / f"{kind}.pdf", "-").text)
        said = [squeeze(t) for t in root.itertext() if squeeze(t)]
        missing = [t for t in said if t not in shown and t[:6] not in shown]
        equal(missing, [], "text that the PDF does not show")

    @case(f"new-{kind}-explains")
    def _(kind=kind):
        """Every element has its comment before it, in the schema's own words; standard output gives the same bytes."""
        text = genpdf("new", kind).text
        equal(text, (tmp / f"{kind}.xml").read_text(encoding="utf-8"), "standard output")
        kept = (TOP / "records" / "new" / f"{kind}.xml").read_text(encoding="utf-8")
        comments = [c for c in re.findall(r"<!--(.*?)-->", text, re.S) if c not in kept]
        lines = [squeeze(line) for c in comments for line in c.strip().split("\n")]
        known = words_of(SCHEMA / f"{kind}.rng")
        wrong = [line for line in lines if line.split("：", 1)[1] not in known]
        equal(wrong, [], "words that the schema does not say")
        names = {e.tag for e in ET.fromstring(text.encode()).iter()}
        equal(sorted(names - {line.split("：", 1)[0] for line in lines}), [], "elements without a word on them")
        for name in names:
            check(text.index(f"{name}：") < re.search(f"<{name}[ >/]", text).start(), f"<{name}> is explained behind it")
        bare = re.sub(r" *<!--.*?-->\n", lambda m: m[0] if m[0].strip() in kept else "", text, flags=re.S)
        equal(bare, kept, "the record without its comments")


@case("new-overwrites-nothing")
def _():
    file = tmp / "mine.xml"
    file.write_text("mine", encoding="utf-8")
    for lang, words in (("en", "exists already"), ("zh", "没有覆盖")):
        run = genpdf("new", "news", "-o", file, f"--lang={lang}", fails=True)
        check(run.status == 2 and words in run.messages and "[output-exists]" in run.messages, run)
    equal(file.read_text(encoding="utf-8"), "mine", "the file")


@case("new-unknown-kind")
def _():
    run = genpdf("new", "newz", "--lang=en", fails=True)
    check(run.status == 2 and "did you mean news?" in run.messages and not run.out, run)
    for kind in ("core", "tasks", "../schema/core", "", "news.rng"):
        run = genpdf("new", kind, fails=True)
        check(run.status == 2 and "[record-kind]" in run.messages and not run.out, f"{kind!r}: {run}")
    run = genpdf("new", "news", "notice", fails=True)
    equal(run.status, 2, "two kinds")


finish()
