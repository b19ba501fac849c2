#!/usr/bin/python3
"""The text layer as the engines of browsers read it: pdf.js and PDFium (tests/cases/textlayer.py has poppler and mupdf). In every
record, in every layout of its kind, what they give back is what the record says, space for space, but for the spaces at the ends of
lines, which every reader treats as it likes; words over a gap (a date, a spread name) are found.
The readers come from npm into $B/readers, once; skipped when that cannot be."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
import reading  # noqa: E402
from cases import BUILD, TOP, case, check, finish, folder, genpdf  # noqa: E402

PACKAGES = ["pdfjs-dist@4.10.38", "@hyzyla/pdfium@2.1.13"]
READERS = BUILD / "readers"
tmp = folder()


def get_readers():
    """None, or why they cannot be fetched: npm wants the network."""
    kept = READERS / "kept.txt"
    if kept.exists() and kept.read_text().split() == PACKAGES:
        return None
    READERS.mkdir(exist_ok=True)
    try:
        run = subprocess.run(["npm", "install", "--prefix", READERS, "--no-save", "--no-package-lock", "--no-audit", "--no-fund",
                              "--ignore-scripts", "--omit=optional", *PACKAGES], capture_output=True, text=True, timeout=280,
                             stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return "npm takes too long"
    if run.returncode:
        return "npm: " + " ".join(run.stderr.split()[-20:])
    kept.write_text("\n".join(PACKAGES))
    return None


def read(pdfs):
    run = subprocess.run(["node", TOP / "tests/readers/read.mjs", READERS, *pdfs], capture_output=True, text=True, timeout=250)
    if run.returncode:
        print("not ok readers", " ".join(run.stderr.split()[:40]))
        sys.exit(1)
    return json.loads(run.stdout)


def documents():
    """(name, arguments of genpdf, words to be found)"""
    for name, record, layout in reading.documents():
        root = ET.parse(record).getroot()
        text = "".join(root.itertext())
        year = next((w for w in ("2031年", "2032年", "2030年", "民國121年") if w in text), None)
        # Names of two characters are spread over the room of three in tables.
        names = [e.text.strip() for tag in ("person", "leader") for e in root.iter(tag) if e.text and len(e.text.strip()) == 2]
        yield name, [record, "-l", layout], [year] * bool(year) + names[:5]
    # Lines stretched wide, Latin beside Chinese.
    plan = (TOP / "records/monthly-plan-2031-06.xml").read_text(encoding="utf-8")
    wide = tmp / "wide.xml"
    start = "<p>6月以来，"
    check(start in plan, "the record is another one now")
    wide.write_text(plan.replace(start, start + "请登录全市水务信息共享和业务协同服务平台查询网址https://www.water.example.gov/open/2031/06/"
                                 "report/index详见，使用OpenType 1.9的字体2031年起", 1), encoding="utf-8")
    yield "wide", [wide], ["使用OpenType 1.9的字体2031年起"]


@case("readers-judge")
def _():
    """What is compared can be wrong: a space that is too much or too few, another character, a lost line."""
    page = "2031年5月使用Open\nType 1.9"
    check(not reading.first_fault(page, "2031年5月使用Open \r\nType 1.9\n"), "spaces at line ends are the reader's own")
    for wrong in ("2031 年5月使用Open\nType 1.9", "2031年5月使用Open\nType1.9", "2031年6月使用Open\nType 1.9", "2031年5月使用Open",
                  "2031年5月使用Open\nType 1.9\n再"):
        check(reading.first_fault(page, wrong), f"{wrong!r} passed")


if not shutil.which("node") or not shutil.which("npm"):
    print("not ok readers no node or npm (Debian packages: nodejs npm)")
    sys.exit(1)
why = get_readers()
if why:
    print("skip readers", why)
    sys.exit(0)
made = []
for name, args, words in documents():
    pdf = tmp / f"{name}.pdf"
    genpdf(*args, "-o", pdf)
    made.append((name, pdf, genpdf("--stop=text", *args).text, words))
for reader, all_pages in read([pdf for _, pdf, _, _ in made]).items():
    for (name, _, text, words), pages in zip(made, all_pages):
        @case(f"readers-{reader}-{name}")
        def _():
            want = text.split("\f")[:-1]
            check(len(want) == len(pages), f"{len(pages)} pages, {len(want)} were made")
            for number, (mine, theirs) in enumerate(zip(want, pages), 1):
                fault = reading.first_fault(reading.one_space(mine) if reader == "pdf.js" else mine, theirs)
                check(not fault, f"page {number}, {fault}")
            joined = "".join("".join(pages).split("\n")).replace("\r", "")
            for word in words:
                check(word in joined, f"{word} is not found")
finish()
