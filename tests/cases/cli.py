#!/usr/bin/python3
"""The command line: options, subcommands, stages, languages, JSON messages, where things are found.

Takes: GENPDF, records/, layouts/, build/testfonts.  Gives: ok / not ok lines. Faults of inputs and files: badinput.py."""

import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, TOP, case, check, equal, finish, folder, genpdf  # noqa: E402

RECORD = TOP / "records" / "monthly-plan-2031-06.xml"
LONG = TOP / "records" / "monthly-plan-2031-05.xml"
DRAFT = TOP / "records" / "drafts" / "monthly-plan-2031-06.txt"
PAGED = TOP / "records" / "drafts" / "monthly-plan-2031-05-paged.txt"
STAGES = ("record", "layout", "doc", "vlist", "list", "text", "runs")
HAN = re.compile("[\u4e00-\u9fff]")


def is_pdf(data):
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")


def names(where):
    return sorted(str(p.relative_to(where)) for p in where.rglob("*"))


# ---- help, version, bad options ----

@case("cli-help")
def _():
    for lang, chinese in (("en", False), ("zh", True)):
        run = genpdf(f"--lang={lang}", "--help")
        equal(run.messages, "", "standard error")
        equal(bool(HAN.search(run.text)), chinese, f"Chinese in --lang={lang} --help")
        for word in ("import", "check", "fonts", "--layout", "--output", "--kind", "--report", "--stop", "--diagnostics", "--lang",
                     "--strict", "--draft", "--version", *STAGES):
            check(word in run.text, f"--help says nothing of {word}")
    check(all(len(row) < 120 for row in run.text.split("\n")), "a line of --help is too long")
    for verb in ("import", "check"):
        equal(genpdf(verb, "--help", "--lang=zh").status, 0, f"{verb} --help")


@case("cli-version")
def _():
    run = genpdf("--version")
    check(re.fullmatch(r"genpdf \d+\.\d+\.\d+\n", run.text) and not run.messages, f"{run.text!r}")


@case("cli-language-of-the-environment")
def _():
    """The first that is set decides: LC_ALL, LC_MESSAGES, LANG."""
    none = {"LC_ALL": None, "LC_MESSAGES": None, "LANG": None, "LANGUAGE": None}
    for given, chinese in (({}, False), ({"LANG": "zh_CN.UTF-8"}, True), ({"LC_MESSAGES": "zh_TW"}, True),
                           ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False), ({"LC_ALL": "", "LANG": "zh"}, True),
                           ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN"}, False)):
        run = genpdf("--help", env={**none, **given})
        equal(bool(HAN.search(run.text)), chinese, f"Chinese under {given}")
    equal(bool(HAN.search(genpdf("--help", "--lang=en", env={"LC_ALL": "zh_CN.UTF-8"}).text)), True, "an option behind --help")
    equal(bool(HAN.search(genpdf("--lang=en", "--help", env={"LC_ALL": "zh_CN.UTF-8"}).text)), False, "--lang before --help")


@case("cli-bad-options")
def _():
    where = folder()
    for args in (["--bogus", RECORD], ["-x", RECORD], ["--stop=pages", RECORD], ["--stop", ""], ["--lang=fr", RECORD],
                 ["--diagnostics=xml", RECORD], [RECORD, "-o"], [RECORD, "--layout"], [], ["import"], ["check"], ["--strict"],
                 ["import", DRAFT, DRAFT], [RECORD, LONG, "-o", "one.pdf"], ["--strict=yes", RECORD], ["import", "--bogus", DRAFT]):
        run = genpdf(*args, cwd=where, fails=True)
        equal((run.status, run.text), (2, ""), f"status and standard output of {args}")
        check(run.messages.startswith("genpdf: ") and run.messages.count("\n") == 1, f"no one message: {run}")
        chinese = genpdf("--lang=zh", *[a for a in args if a not in ("import", "check")], cwd=where, fails=True)
        check(HAN.search(chinese.messages), f"no Chinese message: {chinese}")
        equal(names(where), [], f"files after {args}")
    check("--bogus" in genpdf("--bogus", fails=True).messages, "the option is not named")


@case("cli-options-anywhere")
def _():
    """Before and behind the input, short and long, joined and apart; -- ends them."""
    where = folder()
    shutil.copy(RECORD, where / "-x.xml")
    want = genpdf(RECORD, "-l", "monthly-plan-9704", "-o", "-").out
    for args in (["-l", "monthly-plan-9704", "-o", "-", RECORD], ["-lmonthly-plan-9704", RECORD, "-o-"],
                 [RECORD, "--layout=monthly-plan-9704", "--output=-"], ["--layout", "monthly-plan-9704", RECORD, "--output", "-"],
                 ["-l", "monthly-plan-9704", "-o", "-", "--", "-x.xml"]):
        check(genpdf(*args, cwd=where).out == want, f"another PDF by {args}")


# ---- where results go ----

@case("cli-beside-the-input")
def _():
    where = folder()
    (where / "a.b").mkdir()
    for name in ("plan.xml", "a.b/plan", "two.dots.xml", ".hidden"):
        shutil.copy(RECORD, where / name)
        genpdf(name, cwd=where)
    for name in ("plan.pdf", "a.b/plan.pdf", "two.dots.pdf", ".hidden.pdf"):
        check(is_pdf((where / name).read_bytes()), f"no {name}")
    equal(len(names(where)), 9, "files")


@case("cli-into-a-folder")
def _():
    where = folder()
    (where / "out").mkdir()
    genpdf(RECORD, DRAFT.parent / "monthly-plan-2031-05.txt", "-o", "out", cwd=where)
    genpdf(RECORD, "--stop=text", "-o", "out/", cwd=where)
    equal(names(where), ["out", "out/monthly-plan-2031-05.pdf", "out/monthly-plan-2031-06.pdf", "out/monthly-plan-2031-06.text"],
          "files")
    check(is_pdf((where / "out" / "monthly-plan-2031-05.pdf").read_bytes()), "no PDF")
    check(not is_pdf((where / "out" / "monthly-plan-2031-06.text").read_bytes()), "a PDF that is called .text")


@case("cli-mode-of-new-files")
def _():
    where = folder()
    for mask in (0o022, 0o077):
        genpdf(RECORD, "-o", f"{mask}.pdf", cwd=where, umask=mask)
        equal((where / f"{mask}.pdf").stat().st_mode & 0o777, 0o666 & ~mask, f"mode under umask {mask:o}")


@case("cli-standard-input-and-output")
def _():
    """A record or a text on standard input goes to standard output; names decide nothing there."""
    where = folder()
    want = genpdf(RECORD, "-o", "-", cwd=where).out
    check(is_pdf(want), "no PDF")
    check(genpdf("-", stdin=RECORD.read_bytes(), cwd=where).out == want, "another PDF of the record")
    bom = b"\xef\xbb\xbf \n" + re.sub(rb"<\?xml.*?\?>\s*", b"", RECORD.read_bytes(), 1)
    equal(genpdf("--stop=text", "-", stdin=bom).text, genpdf("--stop=text", RECORD).text, "a record behind a BOM and blanks")
    check(genpdf("-", "-o", "-", stdin=DRAFT.read_bytes(), cwd=where).out == genpdf(DRAFT, "-o", "-").out, "another PDF of the text")
    equal(names(where), [], "files")
    equal(genpdf("import", "-", stdin=DRAFT.read_bytes()).out, genpdf("import", DRAFT).out, "record of standard input")


@case("cli-record-or-text")
def _():
    """A record ends in .xml or opens with <, whatever it is called; everything else is a text."""
    where = folder()
    shutil.copy(RECORD, where / "record.txt")
    genpdf("record.txt", cwd=where)
    check((where / "record.pdf").read_bytes() == genpdf(RECORD, "-o", "-").out, "another PDF")
    shutil.copy(DRAFT, where / "text.xml")
    run = genpdf("text.xml", cwd=where, fails=True)
    check(run.status == 2 and "[xml-syntax]" in run.messages, f"a text called .xml: {run}")


@case("cli-standard-output-is-data-only")
def _():
    """Messages, reports and warnings go to standard error."""
    run = genpdf(DRAFT, "-o", "-", "--lang=zh")
    check(is_pdf(run.out), "more than a PDF")
    check("import-" in run.messages, "no report on standard error")
    run = genpdf("import", DRAFT)
    ET.fromstring(run.out)
    check("import-" in run.messages and b"import-" not in run.out, "the report is not apart")
    for stage in STAGES:
        run = genpdf("--stop", stage, DRAFT)
        check(run.out and b"import-" not in run.out and "import-" in run.messages, f"--stop={stage}: not apart")
    equal(genpdf("check", RECORD).out, b"", "standard output of check")
    equal(genpdf(RECORD, "-o", "/dev/null").out, b"", "standard output")


# ---- import and check ----

@case("cli-import-report")
def _():
    """--report takes the decisions away from standard error, the same lines."""
    where = folder()
    loud = genpdf("import", DRAFT, "-o", "a.xml", cwd=where)
    quiet = genpdf("import", DRAFT, "-o", "b.xml", "--report", "report", cwd=where)
    equal(quiet.messages, "", "standard error with --report")
    equal((where / "report").read_text(encoding="utf-8"), loud.messages, "report")
    equal((where / "a.xml").read_bytes(), (where / "b.xml").read_bytes(), "records")
    equal(genpdf("import", DRAFT, "--kind", "monthly-plan").out, (where / "a.xml").read_bytes(), "record by --kind")
    one_step = genpdf(DRAFT, "-o", "x.pdf", "--report", "report2", cwd=where)
    equal(one_step.messages, "", "standard error of one step")
    equal((where / "report2").read_bytes(), (where / "report").read_bytes(), "report of one step")


@case("cli-import-report-languages")
def _():
    """The same lines, codes and dropped entries in both languages; dropped entries name line and column."""
    reports = [genpdf("import", PAGED, f"--lang={lang}", "-o", "/dev/null").messages.split("\n") for lang in ("zh", "en")]
    check(all(HAN.search(re.sub("「[^」]*」", "", row)) for row in reports[0][1:3]), f"no Chinese: {reports[0][1]}")
    equal(*[[re.findall(r"^\d+ +([a-z-]+)", row) for row in rows] for rows in reports], "codes")
    equal(*[[row for row in rows if row.startswith("dropped")] for rows in reports], "dropped entries")


@case("cli-import-validates")
def _():
    """What import makes is a record: check is content with it, and rendering it is the one step."""
    where = folder()
    for draft in sorted((TOP / "records" / "drafts").glob("*.txt")):
        genpdf("import", draft, "-o", "r.xml", cwd=where)
        run = genpdf("check", "r.xml", cwd=where)
        equal(run.messages, "", f"messages of check for {draft.name}")
        check(genpdf("r.xml", "-o", "-", cwd=where).out == genpdf(draft, "-o", "-").out, f"{draft.name}: not the PDF of one step")


@case("cli-check")
def _():
    """Records, texts and layouts, by folder and by file; nothing is made."""
    where = folder()
    shutil.copy(RECORD, where)
    before = names(where)
    run = genpdf("check", RECORD.name, LONG, TOP / "layouts" / "monthly-plan", TOP / "layouts" / "monthly-plan-9704" / "layout.xml",
                 TOP / "layouts" / "base", cwd=where)
    equal((run.messages, run.out), ("", b""), "messages")
    equal(genpdf("check", "-l", "monthly-plan-9704", RECORD, cwd=where).messages, "", "messages")
    equal(names(where), before, "files")


@case("cli-check-finds-faults-of-a-layout")
def _():
    home = folder()
    shutil.copytree(TOP / "layouts", home / "layouts")
    file = home / "layouts" / "monthly-plan" / "layout.xml"
    text = file.read_text(encoding="utf-8")
    check("<face name=" in text, "the layout has no face")
    file.write_text(text.replace("<face name=", "<fase name=", 1), encoding="utf-8")
    at = text.index("<face name=")
    where = f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"
    for what in (file.parent, file):
        run = genpdf("check", what, fails=True)
        equal(run.status, 2, "status")
        check(re.search(rf"layout\.xml:{where}: error: .*\[layout-element\]", run.messages), f"not at {where}: {run}")
        check("face" in run.messages, f"no proposal: {run}")


# ---- stages ----

@case("cli-stages")
def _():
    """Each prints its noun: what it must hold, and nothing of a PDF."""
    marks = {"record": "@kind=\"monthly-plan\"", "layout": "style body", "doc": "p style=", "vlist": "\nline ", "list": "\ntext ",
             "text": "\n1.", "runs": "\n1\tR\t"}
    for stage, mark in marks.items():
        run = genpdf(f"--stop={stage}", RECORD)
        equal(run.messages, "", f"messages of {stage}")
        check(mark in run.text, f"--stop={stage} holds no {mark!r}")
        check(run.out.decode("utf-8") and "\r" not in run.text and str(TOP) not in run.text, f"--stop={stage} holds a path of this machine")


@case("cli-stages-stop-early")
def _():
    """A fault behind the stage is not met: no font is needed before lines, no layout before the layout."""
    where = folder()
    text = (BUILD / "testfonts" / "fonts.xml").read_text(encoding="utf-8")
    (where / "fonts.xml").write_text(text.replace('file="tiny', 'file="nowhere'), encoding="utf-8")
    for stage, status in (("record", 0), ("layout", 0), ("doc", 0), ("vlist", 3), ("list", 3)):
        run = genpdf(f"--stop={stage}", RECORD, env={"GENPDF_FONTS": where}, fails=True)
        equal(run.status, status, f"status of {stage} without fonts")
    for stage, status in (("record", 0), ("layout", 2)):
        equal(genpdf(f"--stop={stage}", RECORD, "-l", "nolayout", fails=True).status, status, f"status of {stage} without layout")


@case("cli-text-is-the-pages")
def _():
    """--stop=text: a form feed behind every page, as many as the list has pages."""
    text = genpdf("--stop=text", LONG).text
    pages = re.findall(r"^page (\d+) ", genpdf("--stop=list", LONG).text, re.M)
    equal(pages, [str(n + 1) for n in range(len(pages))], "page numbers")
    equal(text.count("\f"), len(pages), "form feeds")
    check(text.endswith("\f"), "the text does not end with its last page")


# ---- messages for machines ----

KEYS = {"file", "line", "column", "severity", "code", "message", "args", "repeats"}


@case("cli-json")
def _():
    where = folder()
    text = RECORD.read_text(encoding="utf-8").replace("<body>", "<body><paar/>", 1).replace("<heading>其他", "<heding>其他", 1)
    (where / "bad.xml").write_text(text.replace("其他工作</heading>", "其他工作</heding>"), encoding="utf-8")
    rows = {}
    for lang in ("zh", "en"):
        run = genpdf("bad.xml", "--diagnostics=json", f"--lang={lang}", cwd=where, fails=True)
        equal((run.status, run.out), (2, b""), "status and standard output")
        rows[lang] = [json.loads(row) for row in run.messages.rstrip("\n").split("\n")]
    check(len(rows["en"]) >= 2, "not all faults")
    for zh, en in zip(rows["zh"], rows["en"]):
        check(KEYS <= set(en) <= KEYS | {"other"}, f"keys {sorted(en)}")
        for key in ("file", "line", "column", "severity", "code", "repeats"):
            equal(zh[key], en[key], key)
        check(HAN.search(zh["message"]) and en["message"] and not HAN.search(en["message"]), "messages are not in their languages")
        check(isinstance(en["line"], int) and isinstance(en["args"], list) and isinstance(en["repeats"], int), "types")
    first = rows["en"][0]
    line = text[:text.index("<paar/>")].count("\n") + 1
    equal((first["file"], first["line"], first["severity"], first["code"], first["args"][0]),
          ("bad.xml", line, "error", "record-element", "paar"), "first message")


@case("cli-json-without-place")
def _():
    run = genpdf("nothing.xml", "--diagnostics=json", fails=True)
    row = json.loads(run.messages)
    equal((row["file"], row["line"], row["column"], row["code"]), (None, None, None, "world-read"), "message")


@case("cli-json-awkward-names")
def _():
    """Quotes, backslashes, tabs, ideographs and bytes that are no UTF-8 in a file's name: still JSON, still UTF-8."""
    where = folder()
    for name in ('a"b\\c.xml', "甲\t乙\n丙.xml"):
        (where / name).write_text("hello")
        row = json.loads(genpdf(name, "--diagnostics=json", cwd=where, fails=True).messages)
        equal(row["file"], name, "file")
    (where / "x.xml").write_text("hello")
    (where / "x.xml").rename(str(where).encode().decode() + "/" + b"\xff.xml".decode("utf-8", "surrogateescape"))
    run = genpdf(b"\xff.xml".decode("utf-8", "surrogateescape"), "--diagnostics=json", cwd=where, fails=True)
    equal(json.loads(run.err.decode("utf-8"))["code"], "xml-syntax", "code")


@case("cli-strict")
def _():
    """A warning: status 0, under --strict 1; the PDF is made both times, equal."""
    where = folder()
    text = RECORD.read_text(encoding="utf-8").replace("排查山洪", "排查" + "x" * 80 + "山洪", 1)
    (where / "wide.xml").write_text(text, encoding="utf-8")
    plain = genpdf("wide.xml", "-o", "a.pdf", cwd=where)
    check("warning" in plain.messages and "[line-emergency]" in plain.messages, f"no warning: {plain}")
    strict = genpdf("wide.xml", "-o", "b.pdf", "--strict", cwd=where, fails=True)
    equal(strict.status, 1, "status under --strict")
    equal((where / "a.pdf").read_bytes() == (where / "b.pdf").read_bytes(), True, "equal PDFs")
    equal(genpdf(RECORD, "-o", "/dev/null", "--strict").status, 0, "status of a clean run under --strict")
    equal(genpdf("import", DRAFT, "-o", "/dev/null", "--strict").status, 0, "status of import's decisions under --strict")


# ---- layouts, and where they are found ----

@case("cli-layout-by-name-and-path")
def _():
    where = folder()
    shutil.copytree(TOP / "layouts", where / "mine")
    want = genpdf(RECORD, "-l", "monthly-plan-9704", "-o", "-").out
    check(want != genpdf(RECORD, "-o", "-").out, "both layouts give one PDF")
    for name in ("mine/monthly-plan-9704", "mine/monthly-plan-9704/", "./mine/monthly-plan-9704", where / "mine" / "monthly-plan-9704",
                 "mine/monthly-plan-9704/layout.xml"):
        check(genpdf(RECORD, "-l", name, "-o", "-", cwd=where).out == want, f"another PDF by -l {name}")
    default = genpdf(RECORD, "-o", "-").out
    check(genpdf(RECORD, "-l", "monthly-plan", "-o", "-").out == default, "the default is not the kind's layout")


@case("cli-layout-of-one's-own")
def _():
    """One attribute in a folder of one's own changes the page, and the record does not."""
    where = folder()
    shutil.copytree(TOP / "layouts", where / "mine")
    file = where / "mine" / "monthly-plan" / "layout.xml"
    text = file.read_text(encoding="utf-8")
    check('leading="28pt"' in text, "the pitch is set elsewhere now")
    file.write_text(text.replace('leading="28pt"', 'leading="30pt"'), encoding="utf-8")
    heights = [set(re.findall(r"^line (\S+) .*\"1\.修订", genpdf("--stop=vlist", RECORD, "-l", name, cwd=where).text, re.M))
               for name in ("monthly-plan", "mine/monthly-plan/")]
    equal(heights, [{"28"}, {"30"}], "pitch")


@case("cli-working-directory-is-not-asked")
def _():
    """layouts/, fonts/ and records/ of the working directory are nothing; GENPDF_HOME is."""
    where = folder()
    for part in ("layouts", "records/schema", "fonts"):
        shutil.copytree(TOP / part, where / part)
    file = where / "layouts" / "monthly-plan" / "layout.xml"
    file.write_text(file.read_text(encoding="utf-8").replace('leading="28pt"', 'leading="30pt"'), encoding="utf-8")
    fonts = {"GENPDF_FONTS": BUILD / "testfonts"}
    asked = genpdf("--stop=vlist", RECORD, cwd=where, env=fonts).text
    equal(asked, genpdf("--stop=vlist", RECORD, cwd="/", env=fonts).text, "lines")
    other = genpdf("--stop=vlist", RECORD, cwd="/", env={"GENPDF_HOME": where, **fonts}).text
    check(other != asked and "line 30 " in other, "GENPDF_HOME is not asked")


@case("cli-schema-of-home")
def _():
    """The schema comes from GENPDF_HOME too: a kind that only it knows."""
    where = folder()
    for part in ("layouts", "records/schema"):
        shutil.copytree(TOP / part, where / part)
    schema = (where / "records" / "schema" / "monthly-plan.rng").read_text(encoding="utf-8")
    (where / "records" / "schema" / "weekly-plan.rng").write_text(schema.replace(">monthly-plan<", ">weekly-plan<"), encoding="utf-8")
    weekly = RECORD.read_text(encoding="utf-8").replace('kind="monthly-plan"', 'kind="weekly-plan"')
    run = genpdf("--stop=record", "-", stdin=weekly.encode(), env={"GENPDF_HOME": where})
    check('@kind="weekly-plan"' in run.text, "not the record")
    equal(genpdf("--stop=record", "-", stdin=weekly.encode(), fails=True).status, 2, "status without")


@case("cli-fonts-of-the-environment")
def _():
    """A fonts.xml of GENPDF_FONTS takes the place of the usual one; the first folder that has one wins."""
    where = folder()
    fonts = BUILD / "testfonts"
    for value in (fonts, f"{where}:{fonts}", f"/nowhere::{fonts}:{where}"):
        faces = set(re.findall(r"^font \d+ (\S+)", genpdf("--stop=list", RECORD, env={"GENPDF_FONTS": value}).text, re.M))
        check(faces and all(f.startswith("GenpdfTiny") for f in faces), f"faces {faces} by {value}")
    faces = re.findall(r"^font \d+ (\S+)", genpdf("--stop=list", RECORD, env={"GENPDF_FONTS": where}).text, re.M)
    check(faces and not any(f.startswith("GenpdfTiny") for f in faces), f"faces {faces} by an empty folder")


finish()
