#!/usr/bin/env python3
"""The text layer: what readers copy is what the record says, blank for blank. Gaps between Chinese and Latin, stretched lines,
trailers at the end of a line leave no space behind. Line ends apart, since every reader makes one of each line."""
import os, subprocess, sys, tempfile
from pathlib import Path

genpdf = os.environ.get("GENPDF", "build/genpdf")
tmp = tempfile.mkdtemp(dir=os.environ.get("TMPDIR"))
readers = {"pdftotext": ["pdftotext"], "pdftotext-raw": ["pdftotext", "-raw"], "mutool": None}


def run(*args):
    return subprocess.run(args, capture_output=True, check=True).stdout.decode()


def join(text):
    return text.replace("\n", "").replace("\f", "")


def extract(name, pdf):
    if name == "mutool":
        return join(run("mutool", "draw", "-q", "-F", "txt", pdf))
    return join(run(*readers[name], "-enc", "UTF-8", pdf, "-"))


def compare(name, want, got):
    if want == got:
        print(f"ok {name}")
        return
    at = next(i for i in range(len(want) + 1) if want[:i + 1] != got[:i + 1])
    print(f"not ok {name} at {at}: wanted …{want[max(0, at - 12):at + 12]!r}, got …{got[max(0, at - 12):at + 12]!r}")


def search(name, pdf, words):
    text = extract("pdftotext-raw", pdf)
    lost = [w for w in words if w not in text]
    print(f"not ok {name} not found: {lost}" if lost else f"ok {name}")


for record in ("monthly-plan-2031-05", "monthly-plan-2031-06"):
    pdf = os.path.join(tmp, record + ".pdf")
    run(genpdf, f"records/{record}.xml", "-o", pdf)
    want = join(run(genpdf, "--stop=text", f"records/{record}.xml"))
    for reader in readers:
        compare(f"textlayer-{record}-{reader}", want, extract(reader, pdf))
search("textlayer-search", os.path.join(tmp, "monthly-plan-2031-05.pdf"), ["2031年5月工作小结", "3名青年骨干", "ISO 9001"])

# A wide stretch: few characters on a line before a word that does not fit.
wide = open("records/monthly-plan-2031-06.xml", encoding="utf-8").read().replace(
    "<p>6月以来，", "<p>6月以来，请登录全市水务信息共享和业务协同服务平台查询网址https://www.water.example.gov/open/2031/06/report/index详见，", 1)
path = os.path.join(tmp, "wide.xml")
open(path, "w", encoding="utf-8").write(wide)
pdf = os.path.join(tmp, "wide.pdf")
run(genpdf, path, "-o", pdf)
want = join(run(genpdf, "--stop=text", path))
for reader in readers:
    compare(f"textlayer-wide-{reader}", want, extract(reader, pdf))

# Every record in every layout of its kind, page by page, in the two modes that keep to the order of the page: poppler's other mode goes by
# columns of its own making, and both give U+3000 as a space.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
import reading  # noqa: E402

for name, record, layout in reading.documents():
    pdf = os.path.join(tmp, name + ".pdf")
    run(genpdf, record, "-l", layout, "-o", pdf)
    pages = run(genpdf, "--stop=text", record, "-l", layout).split("\f")[:-1]
    for reader, command in (("pdftotext-raw", ("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-")), ("mutool", ("mutool", "draw", "-q", "-F", "txt", pdf))):
        read = run(*command).split("\f")
        faults = [f"page {n}, {fault}" for n, (mine, theirs) in enumerate(zip(pages, read + [""] * len(pages)), 1)
                  if (fault := reading.first_fault(reading.one_space(mine), reading.one_space(theirs)))]
        print(f"not ok textlayer-all-{reader}-{name} {faults[0]}" if faults else f"ok textlayer-all-{reader}-{name}")
sys.exit(0)
