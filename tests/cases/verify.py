#!/usr/bin/python3
"""PDFs read back: what A-3a attaches, `genpdf extract`, `genpdf verify`.
A PDF verifies from itself wherever and under whatever environment; each way of not being the same is told from the others, with its
place; files of other programs, damaged and hostile ones end in a message and leave nothing behind."""

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Array, Dictionary, Name, String

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, GENPDF, SHARED, TOP, Fault, case, check, command, equal, finish, folder, genpdf  # noqa: E402

tmp = folder()
RECORDS = sorted((TOP / "records").glob("*.xml"))
SMALL = TOP / "records" / "monthly-plan-2031-06.xml"
WORD = "供水保障"                 # a heading of it, once
CHECKER = SHARED / "tools" / "pdfa-check"


def make(record, *more, name=None):
    pdf = tmp / (name or f"{Path(record).stem}.pdf")
    genpdf("--profile=a3a", record, "-o", pdf, *more)
    return pdf


def ask(*args, status=0, code=None, **more):
    """verify in English: its run, checked for status and code."""
    run = genpdf("verify", "--lang=en", *args, fails=True, **more)
    equal(run.status, status, f"status of {run}")
    if code:
        check(f"[{code}]" in run.messages, run)
    return run


def changed(pdf, change, name="changed.pdf", **more):
    """A copy with something else in it."""
    file = pikepdf.open(pdf)
    change(file)
    file.save(tmp / name, fix_metadata_version=False, **more)
    return tmp / name


def rewrite(record, old, new, name):
    text = record.read_text(encoding="utf-8")
    check(text.count(old) >= 1, f"{old} is not in {record.name}")
    (tmp / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp / name


def specs(pdf):
    """Attached files by name, as the catalog's name tree has them."""
    names = pdf.Root.Names.EmbeddedFiles.Names
    return {str(names[i + 1].UF): names[i + 1] for i in range(0, len(names), 2)}


small = make(SMALL)


# ---- what is attached ----

for record in RECORDS:
    @case(f"a3a-attachments-{record.stem}")
    def _():
        pdf = pikepdf.open(make(record))
        files, kind = specs(pdf), ET.parse(record).getroot().get("kind")
        keys = [bytes(n) for n in list(pdf.Root.Names.EmbeddedFiles.Names)[::2]]
        equal(keys, sorted(keys), "order of the name tree")
        equal(sorted(f.objgen for f in pdf.Root.AF), sorted(f.objgen for f in files.values()), "associated and attached files")
        for name in (f"record/{record.name}", f"layouts/{kind}/layout.xml", f"layouts/{kind}/templates.xsl", "layouts/base/layout.xml",
                     "layouts/base/templates.xsl", f"records/schema/{kind}.rng", "records/schema/core.rng", "fonts/fonts.xml", "genpdf.txt"):
            check(name in files, f"{name} is not attached: {sorted(files)}")
        for include in ET.parse(record).getroot().iter("include"):
            check(f"record/{include.get('href')}" in files, f"{include.get('href')} is included but not attached")
        date = str(pdf.docinfo.get("/ModDate", ""))
        for name, spec in files.items():
            stream = spec.EF.F
            data = stream.read_bytes()
            equal(str(spec.AFRelationship), "/Source", f"relation of {name}")
            equal(str(spec.F), name, f"/F of {name}")
            equal(str(stream.Subtype), "/text/plain" if name.endswith(".txt") else "/text/xml", f"type of {name}")
            equal((int(stream.Params.Size), bytes(stream.Params.CheckSum)), (len(data), hashlib.md5(data).digest()), f"size and checksum of {name}")
            equal(str(stream.Params.get("/ModDate", "")), date, f"date of {name}")
            here = record.parent / name[7:] if name.startswith("record/") else TOP / name
            if name != "genpdf.txt":
                check(data == here.read_bytes(), f"{name} is not the file that was read")
            check(str(TOP).encode() not in data and str(tmp).encode() not in data, f"a path of this machine in {name}")
        if CHECKER.exists():
            run = command("/usr/bin/python3", CHECKER, "-f", "3a", tmp / f"{record.stem}.pdf", fails=True)
            check(run.text.startswith("PASS"), run.text)
        command("qpdf", "--check", tmp / f"{record.stem}.pdf")

    @case(f"verify-identical-{record.stem}")
    def _():
        ask(tmp / f"{record.stem}.pdf", code="verify-same")


@case("a3a-date-of-the-environment")
def _():
    """No date in the record: SOURCE_DATE_EPOCH, in the attachments too, and verify needs no such variable."""
    record = tmp / "undated.xml"
    text = SMALL.read_text(encoding="utf-8")
    record.write_text(re.sub(r"<date [^>]*/>|<date [^>]*>[^<]*</date>", "", text), encoding="utf-8")
    pdf = tmp / "undated.pdf"
    run = genpdf("--profile=a3a", record, "-o", pdf, env={"SOURCE_DATE_EPOCH": "1900000000"}, fails=True)
    if run.status or "/ModDate" not in pikepdf.open(pdf).docinfo or "D:2030" not in str(pikepdf.open(pdf).docinfo.ModDate):
        raise Fault("the record has a date all the same")
    for spec in specs(pikepdf.open(pdf)).values():
        equal(str(spec.EF.F.Params.ModDate), "D:20300317174640Z", "date")
    ask(pdf, code="verify-same", env={"SOURCE_DATE_EPOCH": "1"})
    ask(pdf, code="verify-same", env={"SOURCE_DATE_EPOCH": "tomorrow"})
    genpdf("--profile=a3a", record, "-o", pdf, env={"SOURCE_DATE_EPOCH": None})
    check("/ModDate" not in next(iter(specs(pikepdf.open(pdf)).values())).EF.F.Params, "a date out of nowhere")
    ask(pdf, code="verify-same", env={"SOURCE_DATE_EPOCH": "1"})


DRAFT = TOP / "records" / "drafts" / "work-summary-2032-h1.txt"


def answered():
    """The draft's own report, the first of its choices taken otherwise."""
    report = genpdf("import", "--lang=en", DRAFT, "-o", tmp / "draft.xml", "--report", tmp / "report.txt").status or (tmp / "report.txt").read_text()
    row = re.search(r"^(\S+ import-\S+) \S+ +# or: ([^, ]+)", report, re.M)
    (tmp / "answers.txt").write_text(f"{row[1]} {row[2]}\n")
    return ["--answers", tmp / "answers.txt"]


for name, record, options in (("mark", SMALL, lambda: ["--mark=送审稿 第二次"]), ("normalize", DRAFT, lambda: ["--normalize"]),
                              ("answers", DRAFT, answered), ("all", DRAFT, lambda: ["--normalize", "--mark=草稿", *answered()])):
    @case(f"verify-as-asked-for-{name}")
    def _():
        """What else was asked for when it was made is asked for again; without it the document is another one."""
        pdf, plain = make(record, *options(), name=f"asked-{name}.pdf"), make(record, name="not-asked.pdf")
        check(pdf.read_bytes() != plain.read_bytes(), "the options make no difference")
        ask(pdf, code="verify-same", cwd="/")
        copy = tmp / "carried" / "copy.pdf"
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(pdf, copy)
        (tmp / "answers.txt").unlink(missing_ok=True)
        ask(copy, code="verify-same")


@case("a3a-says-what-is-published")
def _():
    """Comments, processing instructions, attributes in words, at their places; not what the pages show."""
    record = rewrite(SMALL, "<title>", "<!-- 内部：先不要对外 --><?review 待王工核对?><title>", "secret.xml")
    run = genpdf("--profile=a3a", "--lang=en", record, "-o", tmp / "secret.pdf")
    for words in ("内部：先不要对外", "review 待王工核对"):
        check(any(words in line and "[record-only]" in line and line.startswith(str(record)) for line in run.messages.split("\n")), run)
    check("供水保障" not in "".join(line for line in run.messages.split("\n") if "record-only" in line), "printed text is said to be on no page")
    check("record-only" not in genpdf("--lang=en", record, "-o", tmp / "x.pdf").messages, "said of a PDF that has no attachments")
    equal(genpdf("--strict", "--profile=a3a", record, "-o", tmp / "x.pdf").status, 0, "status under --strict")
    out = genpdf("extract", "--lang=en", tmp / "secret.pdf", "-o", tmp / "secret")
    check("record/secret.xml:" in out.messages and "待王工核对" in out.messages, out)


@case("a3a-says-what-is-omitted")
def _():
    layout = tmp / "omits"
    layout.mkdir()
    (layout / "layout.xml").write_text('<layout xmlns="urn:genpdf:layout" kind="monthly-plan"><use href="../monthly-plan/layout.xml"/>'
                                       '<templates href="templates.xsl"/><omit match="heading"/></layout>\n', encoding="utf-8")
    (layout / "templates.xsl").write_text('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
                                          '<xsl:import href="../monthly-plan/templates.xsl"/><xsl:template match="heading" mode="heading"/>'
                                          '<xsl:template match="heading"/></xsl:stylesheet>\n', encoding="utf-8")
    run = genpdf("--profile=a3a", "--lang=en", "-l", f"{layout}/", SMALL, "-o", tmp / "omits.pdf", fails=True)
    if run.status:
        raise Fault("headings cannot be taken out of this layout any more")
    if not any("<heading>" in line and "record-only" in line for line in run.messages.split("\n")):
        raise Fault("this layout's templates place headings all the same")
    files = specs(pikepdf.open(tmp / "omits.pdf"))
    check("layouts/omits/layout.xml" in files and "layouts/monthly-plan/layout.xml" in files, sorted(files))
    ask(tmp / "omits.pdf", code="verify-same")


# ---- extract ----

@case("extract-gives-back")
def _():
    run = genpdf("extract", small, "-o", tmp / "back/")
    equal((tmp / "back/record" / SMALL.name).read_bytes(), SMALL.read_bytes(), "the record")
    again = genpdf("--profile=a3a", tmp / "back/record" / SMALL.name, "-l", f"{tmp}/back/layouts/monthly-plan/", "-o", "-")
    check(again.out == small.read_bytes(), "made of what was given back, another PDF")
    genpdf("extract", small, "-o", tmp / "back/")
    mine = tmp / "back/genpdf.txt"
    mine.write_text("mine")
    run = genpdf("extract", "--lang=en", small, "-o", tmp / "back/", fails=True)
    check(run.status == 2 and "[attachment-there]" in run.messages, run)
    equal(mine.read_text(), "mine", "the file that was there")
    copy = tmp / "beside.pdf"
    copy.write_bytes(small.read_bytes())
    genpdf("extract", copy)
    check((tmp / "beside.files/genpdf.txt").exists(), "no folder beside the PDF")


BAD_NAMES = ["../../x", "/x", "a/../../x", "..", "a//b", ".hidden", "a/.hidden/x", "a\\..\\x", "a\nb", "a/", ""]


@case("extract-refuses-names")
def _():
    top = tmp / "hole"
    top.mkdir()

    def attach(pdf):
        tree = []
        for i, name in enumerate(BAD_NAMES + ["good/file.txt"]):
            stream = pdf.make_stream(b"boo")
            spec = Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=Dictionary(F=stream))
            tree += [String(name or "..//"), pdf.make_indirect(spec)]
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(tree)))
    bad = changed(small, attach, "names.pdf")
    run = genpdf("extract", "--lang=en", bad, "-o", top / "a/b", fails=True)
    equal(run.status, 2, "status")
    equal(run.messages.count("[attachment-name]"), len(BAD_NAMES), f"names refused: {run.messages}")
    equal(sorted(str(p.relative_to(top)) for p in top.rglob("*") if p.is_file()), ["a/b/good/file.txt"], "files made")
    check(not (tmp / "x").exists() and not Path("/x").exists(), "a file outside of the folder")
    ask(bad, status=2, code="attachment-name")


@case("extract-checks-sums")
def _():
    def other(pdf):
        specs(pdf)["genpdf.txt"].EF.F.Params.CheckSum = String(b"\1" * 16)
    run = genpdf("extract", "--lang=en", changed(small, other, "sums.pdf"), "-o", tmp / "sums", fails=True)
    check(run.status == 2 and "[attachment-sum]" in run.messages, run)


# ---- verify ----

@case("verify-anywhere")
def _():
    """Another zone, locale, folder, TMPDIR; the temporary folder goes."""
    place = tmp / "elsewhere"
    place.mkdir()
    other = tmp / "named otherwise 别名.pdf"
    other.write_bytes(small.read_bytes())
    for env in ({"TZ": "Pacific/Chatham"}, {"LC_ALL": "zh_CN.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Shanghai"}, {"HOME": None, "LANG": None},
                {"SOURCE_DATE_EPOCH": "86400"}):
        ask(other, code="verify-same", cwd="/", env={**env, "TMPDIR": place})
        equal(list(place.iterdir()), [], f"left in TMPDIR under {env}")
    run = ask(small, status=3, code="world-write", env={"TMPDIR": tmp / "absent"})
    check("absent" in run.messages, run)
    ask("-", code="verify-same", stdin=small.read_bytes())


@case("verify-ended-by-a-signal")
def _():
    """Whatever ends it in the middle: nothing stays in TMPDIR, and it dies of the signal."""
    place, dice, seen = tmp / "ended", random.Random(9), 0
    place.mkdir()
    env = {**os.environ, "TMPDIR": str(place)}
    for i in range(24):
        number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)[i % 4]
        p = subprocess.Popen([GENPDF, "verify", small], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        while p.poll() is None and not list(place.iterdir()):
            time.sleep(0.0005)
        time.sleep(dice.choice((0, 0.001, 0.005, 0.02, 0.05)))
        seen += bool(list(place.iterdir()))
        p.send_signal(number)
        check(p.wait(30) in (0, -number), f"status {p.returncode} of {number!r}")
        equal([str(path) for path in place.rglob("*")], [], f"left in TMPDIR by {number!r}")
    check(seen > 12, f"only {seen} were ended while the folder was there")


@case("verify-signals-that-were-ignored")
def _():
    """nohup, or a job in the background: who asked for a signal to be ignored gets it ignored."""
    def deaf():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    place = tmp / "deaf"
    place.mkdir()
    p = subprocess.Popen([GENPDF, "verify", "--lang=en", small], env={**os.environ, "TMPDIR": str(place)}, preexec_fn=deaf, stderr=subprocess.PIPE)
    while p.poll() is None and not list(place.iterdir()):
        time.sleep(0.0005)
    p.send_signal(signal.SIGHUP)
    p.send_signal(signal.SIGINT)
    said = p.communicate(timeout=30)[1].decode()
    check(p.returncode == 0 and "[verify-same]" in said, f"status {p.returncode}: {said}")
    equal(list(place.iterdir()), [], "left in TMPDIR")


@case("verify-record-changed")
def _():
    """The word, its page and line; in JSON too."""
    record = rewrite(SMALL, f"<heading>{WORD}</heading>", "<heading>供水保证</heading>", SMALL.name)
    run = ask(small, "--record", record, status=2, code="verify-line")
    pages = command("pdftotext", "-raw", small, "-").text.split("\f")
    page = next(i for i, text in enumerate(pages) if WORD in text)
    line = next(i for i, words in enumerate(pages[page].split("\n")) if WORD in words)
    check(f"page {page + 1}, line {line + 1} is " in run.messages and "供水保证" in run.messages and WORD in run.messages, run)
    said = ask(small, "--record", record, "--diagnostics=json", status=2).messages
    check(f'"args":["{page + 1}","{line + 1}",' in said, said)


@case("verify-layout-touched")
def _():
    genpdf("extract", small, "-o", tmp / "touch")
    layout = tmp / "touch/layouts/monthly-plan/layout.xml"
    ask(small, "-l", f"{layout.parent}/", code="verify-same")
    base = tmp / "touch/layouts/base/layout.xml"
    for path in (layout, base):
        text = path.read_text(encoding="utf-8")
        at = text.find('leading="28pt"')
        if at >= 0:
            path.write_text(text.replace('leading="28pt"', 'leading="27pt"'), encoding="utf-8")
            break
    check(at >= 0, "no leading of 28 pt in the layout")
    run = ask(small, "-l", f"{layout.parent}/", status=2)
    check("page 1" in run.messages and ("[verify-drawn]" in run.messages or "[verify-line]" in run.messages), run)
    ask(small, "-l", "monthly-plan-9704", status=2)
    run = ask(small, "-l", "chronicle", status=2, code="verify-render")
    check("[layout-kind]" in run.messages, run)


def newer(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        text = xmp["pdf:Producer"]
    data = pdf.Root.Metadata.read_bytes()
    check(b"genpdf 0." in data and text, "no version in the metadata")
    pdf.Root.Metadata = pdf.make_stream(data.replace(b"HarfBuzz ", b"HarfBuzz 9"), Type=Name.Metadata, Subtype=Name.XML)


@case("verify-other-versions")
def _():
    """Named, and no error: the pages are the same."""
    other = changed(small, newer)
    run = ask(other, code="verify-same-pages")
    check("[verify-versions]" in run.messages and "HarfBuzz 9" in run.messages and "libxml2" not in run.messages, run)
    ask("--strict", other, status=1)

    def both(pdf):
        newer(pdf)
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b" Td\n", b" Td 0 0 Td\n", 1))
    run = ask(changed(small, both), status=2, code="verify-drawn")
    check("[verify-versions]" in run.messages, run)

    def bookmark(pdf):
        newer(pdf)
        pdf.Root.Outlines.First.Title = String("别的")
    run = ask(changed(small, bookmark), code="verify-object")
    check("/Root/Outlines/First/Title" in run.messages and "warning" in run.messages, run)

    def font(pdf):
        newer(pdf)
        fonts = pdf.pages[0].Resources.Font
        first = fonts[sorted(fonts.keys())[0]]
        first.ToUnicode = pdf.make_stream(first.ToUnicode.read_bytes() + b"\n")
    run = ask(changed(small, font), status=2, code="verify-object")
    check("/ToUnicode" in run.messages, run)


@case("verify-other-fonts")
def _():
    """The same font in a longer file: named, the same pages. Another font under its name: named, and where it shows."""
    faces = {name: next((p for p in (BUILD / "fonts", Path("/usr/share/fonts")) for p in p.rglob(f"{name}-Regular.otf")), None)
             for name in ("FandolFang", "FandolKai")}
    if not all(faces.values()) or b"FandolFang" not in pikepdf.open(small).Root.Metadata.read_bytes():
        raise Fault("the body is not set in FandolFang here")
    own = tmp / "fonts"
    own.mkdir()
    mine = own / faces["FandolFang"].name
    mine.write_bytes(faces["FandolFang"].read_bytes() + bytes(4))
    run = ask(small, code="verify-same-pages", env={"GENPDF_FONTS": own})
    for path in (mine, faces["FandolFang"]):
        check(hashlib.sha256(path.read_bytes()).hexdigest() in run.messages, f"hash of {path.name}: {run}")
    mine.write_bytes(faces["FandolKai"].read_bytes())
    run = ask(small, status=2, env={"GENPDF_FONTS": own})
    check("[verify-versions]" in run.messages and ("[verify-object]" in run.messages or "[verify-drawn]" in run.messages), run)


@case("verify-rewritten")
def _():
    """By another program, objects as they were: said, no error."""
    command("qpdf", "--linearize", "--object-streams=disable", small, tmp / "linear.pdf")
    ask(tmp / "linear.pdf", code="verify-rewritten")
    ask("--strict", tmp / "linear.pdf", status=1)
    with open(tmp / "longer.pdf", "wb") as f:
        f.write(small.read_bytes() + b"\n")
    ask(tmp / "longer.pdf", code="verify-rewritten")


@case("verify-tampered")
def _():
    """A page's words, a page more or less, words for the screen reader, the title, a stroke: each is found."""
    def turned(pdf):
        pdf.pages[1].Rotate = 90

    def page_gone(pdf):
        del pdf.pages[-1]

    def title(pdf):
        pdf.docinfo.Title = String("别的题目")

    def read_aloud(pdf):
        pdf.Root.StructTreeRoot.K.K[0].ActualText = String("别的话")

    def stroke(pdf):
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n0 0 m 9 9 l S")

    def stamp(pdf):
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"BT\n", b"BT\n1 Tr\n", 1))

    def glyph(pdf):
        fonts = pdf.pages[0].Resources.Font
        below = fonts[sorted(fonts.keys())[0]].DescendantFonts[0].FontDescriptor
        key = next(k for k in ("/FontFile3", "/FontFile2") if k in below)
        old = below[key]
        new = pdf.make_stream(old.read_bytes()[:-1] + b"\0")
        for k in old.keys():
            if k not in ("/Length", "/Filter"):
                new[k] = old[k]
        below[key] = new
    for change, code, words in ((turned, "verify-object", "/Pages/"), (page_gone, "verify-pages", " pages"), (title, "verify-object", "/Info/Title"),
                                (read_aloud, "verify-object", "/StructTreeRoot"), (stroke, "verify-drawn", "page 1"),
                                (stamp, "verify-drawn", "page 1"), (glyph, "verify-object", "/FontFile")):
        run = ask(changed(small, change), status=2, code=code)
        check(words in run.messages, f"{change.__name__}: {run}")


@case("verify-attached-record-changed")
def _():
    """The attached record is another one than that of the pages."""
    def other(pdf):
        spec = specs(pdf)[f"record/{SMALL.name}"]
        data = spec.EF.F.read_bytes().replace(WORD.encode(), "供水保证".encode())
        spec.EF.F = spec.EF.UF = pdf.make_stream(data, Type=Name.EmbeddedFile)
    run = ask(changed(small, other), status=2, code="verify-line")
    check("line" in run.messages and "供水保证" in run.messages and WORD in run.messages, run)

    def broken(pdf):
        spec = specs(pdf)["layouts/monthly-plan/layout.xml"]
        spec.EF.F = spec.EF.UF = pdf.make_stream(b"<layout")
    run = ask(changed(small, broken), status=2, code="verify-render")
    check("layouts/monthly-plan/layout.xml:1:" in run.messages and "genpdf-" not in run.messages, run)


@case("verify-with-record")
def _():
    """PDFs without attachments, of every profile; from the plain text they were made of."""
    for profile in ("a2a", "a2u", "plain"):
        pdf = tmp / f"{profile}.pdf"
        genpdf(f"--profile={profile}", SMALL, "-o", pdf)
        ask(pdf, "--record", SMALL, code="verify-same")
    ask(tmp / "a2a.pdf", status=2, code="verify-source")
    run = genpdf("extract", "--lang=en", tmp / "a2a.pdf", "-o", tmp / "nothing", fails=True)
    check(run.status == 2 and "[attachment-none]" in run.messages, run)
    ask(tmp / "a2a.pdf", "--record", SMALL, "-l", "monthly-plan-9704", status=2)
    genpdf(SMALL, "-l", "monthly-plan-9704", "-o", tmp / "9704.pdf")
    ask(tmp / "9704.pdf", "--record", SMALL, "-l", "monthly-plan-9704", code="verify-same")
    ask(tmp / "a2a.pdf", "--record", tmp / "absent.xml", status=3, code="world-read")
    equal(genpdf("--record", SMALL, SMALL, "-o", "-", fails=True).status, 2, "status of --record without verify")


@case("verify-plain-text")
def _():
    """The text itself is attached, with what was said of it: kind and encoding."""
    draft = TOP / "records/drafts/monthly-plan-2031-05.txt"
    text = tmp / "草稿 1.txt"
    text.write_bytes(draft.read_text(encoding="utf-8").encode("gb18030"))
    pdf = make(text, "--encoding=GB18030", "--kind=monthly-plan", name="draft.pdf")
    files = specs(pikepdf.open(pdf))
    check("record/草稿 1.txt" in files, sorted(files))
    equal(files["record/草稿 1.txt"].EF.F.read_bytes(), text.read_bytes(), "the text")
    ask(pdf, code="verify-same")
    keys = [bytes(n) for n in list(pikepdf.open(pdf).Root.Names.EmbeddedFiles.Names)[::2]]
    equal(keys, sorted(keys), "order of the name tree")
    genpdf("extract", pdf, "-o", tmp / "draft")
    check((tmp / "draft/record/草稿 1.txt").exists(), "the text is not given back")
    piped = tmp / "piped.pdf"
    genpdf("--profile=a3a", "-", "-o", piped, stdin=SMALL.read_bytes())
    check("record/stdin" in specs(pikepdf.open(piped)), "the standard input is not attached")
    ask(piped, code="verify-same")


@case("verify-layout-of-an-office")
def _():
    """A layout somewhere else; one that has the name of one it uses."""
    for name in ("ours", "monthly-plan"):
        folder = tmp / "office" / name
        folder.mkdir(parents=True)
        inner = "../monthly-plan/layout.xml" if name == "ours" else "../monthly-plan-9704/layout.xml"
        (folder / "layout.xml").write_text(f'<layout xmlns="urn:genpdf:layout" kind="monthly-plan"><use href="{inner}"/></layout>\n',
                                           encoding="utf-8")
        pdf = make(SMALL, "-l", f"{folder}/", name=f"office-{name}.pdf")
        ask(pdf, code="verify-same")
        check(str(tmp).encode() not in b"".join(s.encode() for s in specs(pikepdf.open(pdf))), "a path of this machine")
        if name == "ours":
            shutil.rmtree(folder)


# ---- other, damaged and hostile files ----

@case("verify-damaged")
def _():
    data = small.read_bytes()
    for n in (0, 1, 8, 100, 5000, len(data) // 2, len(data) - 1000, len(data) - 20):
        (tmp / "cut.pdf").write_bytes(data[:n])
        for verb in ("verify", "extract"):
            run = genpdf(verb, "--lang=en", tmp / "cut.pdf", *(["-o", tmp / "cut"] if verb == "extract" else []), fails=True)
            check(run.status == 2 and "[pdf-broken]" in run.messages, f"{n} bytes: {run}")
    run = ask(SMALL, status=2, code="pdf-broken")
    check("no PDF" in run.messages, run)
    ask(tmp / "absent.pdf", status=3, code="world-read")


@case("verify-flipped-bytes")
def _():
    """Whatever is flipped: an answer, no crash, never "identical"."""
    data, chance = small.read_bytes(), random.Random(7)
    tail = len(data) - 4000
    for turn in range(60):
        bad = bytearray(data)
        for _ in range(1 + turn % 4):
            at = chance.randrange(tail if turn % 2 else 0, len(data))
            bad[at] ^= 1 << chance.randrange(8)
        (tmp / "flipped.pdf").write_bytes(bad)
        run = genpdf("verify", "--lang=en", tmp / "flipped.pdf", fails=True)
        check("[verify-same]" not in run.messages and run.status in (0, 2) and run.messages, run)


@case("verify-of-another-program")
def _():
    import fitz
    doc = fitz.open()
    doc.new_page().insert_text((72, 72), "made by somebody else")
    doc.save(tmp / "other.pdf")
    ask(tmp / "other.pdf", status=2, code="verify-source")
    run = ask(tmp / "other.pdf", "--record", SMALL, status=2)
    check("[verify-line]" in run.messages and "made by somebody else" in run.messages, run)
    doc.save(tmp / "locked.pdf", encryption=fitz.PDF_ENCRYPT_AES_256, owner_pw="a", user_pw="b")
    ask(tmp / "locked.pdf", status=2, code="pdf-broken")


@case("verify-hostile")
def _():
    """Trees in circles, streams that swell, lies about everything."""
    def circle(pdf):
        node = pdf.make_indirect(Dictionary())
        node.Kids = Array([node, node])
        pdf.Root.Names = Dictionary(EmbeddedFiles=node)

    def many(pdf):
        spec = pdf.make_indirect(Dictionary(UF=String("a"), EF=Dictionary(F=pdf.make_stream(b"x"))))
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), spec] * 1500)))

    def swell(pdf):
        bomb = pdf.make_stream(b"")
        bomb.write(zlib.compress(bytes(300 << 20), 9), filter=Name.FlateDecode)
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), Dictionary(UF=String("a"), EF=Dictionary(F=bomb))])))

    def no_stream(pdf):
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), Dictionary(UF=String("a"), EF=Dictionary(F=3))])))
    for change in (circle, many, swell, no_stream):
        ask(changed(small, change, "hostile.pdf"), status=2, code="pdf-broken")

    def nonsense(pdf):
        pdf.Root.Names = Array([1, 2])

    def names_of_numbers(pdf):
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([1, 2, 3])))

    def lies(pdf):
        specs(pdf)["genpdf.txt"].EF.F = pdf.make_stream(b"record ../../etc/passwd\nlayout /etc/hosts\nkind \nencoding x")
    for change in (nonsense, lies):
        ask(changed(small, change, "hostile.pdf"), status=2, code="verify-source" if change is nonsense else "verify-source")
    ask(changed(small, names_of_numbers, "hostile.pdf"), status=2)

    def content(pdf):
        pdf.pages[0].Contents = pdf.make_stream(b"((((" * 50000 + b"[<" * 1000 + b"/F1 1e99 Tf BI ID EI" + b"BT 1 0 0 " * 9)
    ask(changed(small, content, "hostile.pdf"), status=2, code="verify-line")

    def cmap(pdf):
        fonts = pdf.pages[0].Resources.Font
        for key in fonts.keys():
            fonts[key].ToUnicode = pdf.make_stream(b"beginbfrange <0000> <ffffffff> <" + b"41" * 5000 + b"> <00> <ff> [ endbfrange beginbfchar <")
    ask(changed(small, cmap, "hostile.pdf"), status=2)


finish()
