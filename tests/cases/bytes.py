#!/usr/bin/python3
"""Equal bytes: nothing of the run around it reaches a PDF, and its date comes from the record or SOURCE_DATE_EPOCH.

Takes: GENPDF, records/, layouts/, build/testfonts.  Gives: ok / not ok / skip lines."""

import os
import re
import shutil
import sys
import time
from pathlib import Path

import fitz

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, GENPDF, TOP, Skip, case, check, command, copy_for_everybody, equal, finish, folder, genpdf  # noqa: E402

RECORD = TOP / "records" / "monthly-plan-2031-06.xml"
DRAFT = TOP / "records" / "drafts" / "monthly-plan-2031-06.txt"
tmp = folder()


def pdf(record=RECORD, *args, **more):
    run = genpdf(record, "-o", "-", *args, **more)
    check(run.out.startswith(b"%PDF-") and run.out.rstrip().endswith(b"%%EOF"), "not a whole PDF")
    return run.out


began = time.monotonic()
first = pdf()


def same(got, want=first):
    if got != want:
        at = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
        raise ValueError(f"{len(got)} and {len(want)} bytes, differ at {at}: {got[at:at + 40]!r}, before {want[at:at + 40]!r}")


@case("bytes-two-runs")
def _():
    same(pdf())


@case("bytes-file-and-standard-output")
def _():
    genpdf(RECORD, "-o", tmp / "file.pdf")
    same((tmp / "file.pdf").read_bytes())


@case("bytes-both-layouts-and-dumps")
def _():
    for layout in ("monthly-plan", "monthly-plan-9704"):
        same(pdf(RECORD, "-l", layout), pdf(RECORD, "-l", layout))
        for stage in ("record", "layout", "doc", "vlist", "list", "text", "runs"):
            a, b = (genpdf("--stop", stage, RECORD, "-l", layout).out for _ in "ab")
            check(a, f"--stop={stage} is empty")
            same(a, b)


@case("bytes-import")
def _():
    a, b = (genpdf("import", DRAFT).out for _ in "ab")
    same(a, b)
    same(genpdf("import", DRAFT, env={"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai"}, cwd="/").out, a)


@case("bytes-working-directory")
def _():
    same(pdf(cwd="/"))
    same(pdf(cwd=tmp))
    same(pdf("monthly-plan-2031-06.xml", cwd=RECORD.parent))


@case("bytes-name-of-the-record")
def _():
    """No path is in the PDF: a copy of another name, in another folder, read from a pipe."""
    copy = tmp / "某 folder" / "另一份.xml"
    copy.parent.mkdir()
    shutil.copy(RECORD, copy)
    same(pdf(copy))
    same(pdf("-", stdin=RECORD.read_bytes()))


@case("bytes-time-zone")
def _():
    for zone in ("UTC", "Asia/Shanghai", "America/St_Johns", ":/nowhere"):
        same(pdf(env={"TZ": zone}))


@case("bytes-locale")
def _():
    for name in ("C", "C.UTF-8", "zh_CN.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", ""):
        same(pdf(env={"LC_ALL": name, "LANG": name, "LC_NUMERIC": name}))
    same(pdf(RECORD, "--lang=zh"), pdf(RECORD, "--lang=en"))


@case("bytes-environment")
def _():
    same(pdf(env={"USER": "某人", "LOGNAME": "某人", "HOME": "/nowhere", "HOSTNAME": "elsewhere", "TMPDIR": tmp}))
    same(pdf(env={key: None for key in os.environ if key not in ("PATH", "GENPDF_HOME", "GENPDF_FONTS", "LD_LIBRARY_PATH")}))


@case("bytes-another-user")
def _():
    if os.getuid() != 0:
        raise Skip("only root can become somebody else")
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    where, program, around = copy_for_everybody()
    record = shutil.copy(RECORD, where / "record.xml")
    os.chmod(record, 0o644)
    want = command(program, record, "-o", "-", env=around).out
    check(want.startswith(b"%PDF-"), "no PDF")
    same(command(*nobody, program, record, "-o", "-", env={**around, "USER": "nobody"}, cwd="/").out, want)


@case("bytes-place-of-the-program")
def _():
    """The same program, layouts, schemas and fonts in another place."""
    home = folder() / "elsewhere"
    for part in ("layouts", "records/schema", "fonts"):
        shutil.copytree(TOP / part, home / part)
    fonts = {"GENPDF_FONTS": BUILD / "testfonts"}
    want = pdf(env=fonts)
    check(want != first, "the test fonts make no difference")
    same(pdf(env={"GENPDF_HOME": home, **fonts}, cwd="/"), want)
    (home / "bin").mkdir()
    program = shutil.copy(GENPDF, home / "bin" / "genpdf")
    same(command(program, RECORD, "-o", "-", env=fonts, cwd="/").out, want)
    shutil.copytree(BUILD / "testfonts", home / "myfonts")
    same(pdf(env={"GENPDF_FONTS": home / "myfonts"}), want)


# ---- the date ----

def dates(data):
    return {k: v for k, v in fitz.open(stream=data, filetype="pdf").metadata.items() if k in ("creationDate", "modDate") and v}


def undated():
    text = RECORD.read_text(encoding="utf-8")
    cut = re.sub(r"<signature>.*?</signature>", "", text, flags=re.S)
    check(cut != text, "the record has no signature")
    path = tmp / "undated.xml"
    path.write_text(cut, encoding="utf-8")
    return path


@case("bytes-date-of-the-record")
def _():
    found = dates(first)
    check(found, "the record has a date, the PDF has none")
    check(all(re.match(r"D:20310630", d) for d in found.values()), f"dates {found}, expected 2031-06-30")


@case("bytes-date-of-the-record-wins")
def _():
    same(pdf(env={"SOURCE_DATE_EPOCH": "86400"}))


@case("bytes-date-of-the-environment")
def _():
    """981173106 s after 1970 is 2001-02-03 04:05:06 UTC, in any time zone."""
    for zone in ("UTC", "Asia/Shanghai"):
        found = dates(pdf(undated(), env={"SOURCE_DATE_EPOCH": "981173106", "TZ": zone}))
        check(found and all(re.match(r"D:20010203040506(Z|[+]00'?00'?)?$", d) for d in found.values()), f"dates {found}")


@case("bytes-no-date")
def _():
    data = pdf(undated())
    equal(dates(data), {}, "dates")
    check(b"D:20" not in data, "a date somewhere in the file")
    same(pdf(undated()), data)


@case("bytes-bad-date-of-the-environment")
def _():
    """What is no number of seconds is refused, and an older PDF stays: nobody who asks for a date gets a PDF without one."""
    kept = tmp / "kept.pdf"
    kept.write_bytes(b"kept")
    for value in ("", " ", "tomorrow", "-1", "+1", " 1", "1 ", "12x", "0x10", "1.5", "1e9", "253402300800", "9" * 20, "18446744073709551617", "９"):
        for record in (undated(), RECORD):
            run = genpdf(record, "-o", kept, env={"SOURCE_DATE_EPOCH": value}, fails=True)
            equal(run.status, 2, f"status with {value!r}")
            equal(run.messages.count("[environment-value]"), 1, f"messages with {value!r}: {run.messages}")
            check(f'"{value}"' in run.messages and kept.read_bytes() == b"kept", f"{value!r}: {run}")
    for value, year in (("0", "19700101000000"), ("00086400", "19700102000000"), ("253402300799", "99991231235959")):
        found = dates(pdf(undated(), env={"SOURCE_DATE_EPOCH": value}))
        check(found and all(d.startswith("D:" + year) for d in found.values()), f"dates of {value}: {found}")


@case("bytes-date-matters-for-a-pdf-only")
def _():
    """A bad value stops nothing that carries no date; a second fault is said beside it."""
    bad = {"SOURCE_DATE_EPOCH": "tomorrow"}
    for words in (["check", RECORD], ["--stop=list", RECORD], ["fonts", RECORD]):
        check("environment-value" not in genpdf(*words, env=bad).messages, f"{words}")
    torn = tmp / "torn.xml"
    torn.write_text(RECORD.read_text(encoding="utf-8").replace("<title>", "<titel>").replace("</title>", "</titel>"), encoding="utf-8")
    said = genpdf(torn, "-o", tmp / "torn.pdf", env=bad, fails=True).messages
    check("[environment-value]" in said and "[record-element]" in said, said)


@case("bytes-identifier")
def _():
    """/ID is there, of the content: equal for equal PDFs, another for another text."""
    other = tmp / "other.xml"
    other.write_text(RECORD.read_text(encoding="utf-8").replace("召开年中工作推进会", "召开年终工作推进会"), encoding="utf-8")
    ids = [re.findall(rb"/ID\s*\[\s*(<[^>]*>|\([^)]*\))", data) for data in (first, pdf(), pdf(other))]
    check(ids[0], "no /ID")
    equal(ids[1], ids[0], "/ID of a second run")
    check(ids[2] != ids[0], "/ID of another text is the same")


@case("bytes-a-while-later")
def _():
    """Long enough after the first for a clock to show."""
    time.sleep(max(0, 1.1 - (time.monotonic() - began)))
    same(pdf())


finish()
