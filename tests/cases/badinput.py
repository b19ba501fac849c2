#!/usr/bin/python3
"""Bad inputs and a bad world: a message with place and code, the right status, nothing left behind, no hang.

Takes: GENPDF, records/, build/testfonts.  Gives: ok / not ok / skip lines.
Every run happens in a folder of its own; afterwards it must hold what it held before, byte for byte."""

import json
import os
import re
import resource
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, GENPDF, LIMIT, TOP, Fault, case, check, command, copy_for_everybody, equal, finish, folder, genpdf  # noqa: E402

RECORD = TOP / "records" / "monthly-plan-2031-06.xml"
DRAFT = TOP / "records" / "drafts" / "monthly-plan-2031-06.txt"
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
PLACED = re.compile(r"^(\S.*?):(\d+):(\d+): (error|warning|错误|警告): (.*) \[([a-z0-9-]+)\]$", re.M)
UNPLACED = re.compile(r"^genpdf: (error|warning|错误|警告): (.*) \[([a-z0-9-]+)\]$", re.M)
SECRET = "the words of another file"


def contents(where):
    """Every name below a folder with what it is."""
    out = {}
    for path in sorted(where.rglob("*")):
        name = str(path.relative_to(where))
        out[name] = path.is_symlink() and os.readlink(path) or path.is_file() and path.read_bytes() or "folder"
    return out


def said(run):
    return [(m[6], int(m[2]), int(m[3]), m[1]) for m in PLACED.finditer(run.messages)]


def codes(run):
    return [m[6] for m in PLACED.finditer(run.messages)] + [m[3] for m in UNPLACED.finditer(run.messages)]


def refused(run, status, code):
    equal(run.status, status, f"status ({run.messages.strip()[:200]})")
    check(code in codes(run), f"no [{code}] in: {run}")
    equal(run.out, b"", "standard output")


# ---- content: (name, bytes, code, line, column) ----

PLAN = '<record kind="monthly-plan" version="1">'
GOOD = RECORD.read_text(encoding="utf-8")


def changed(old, new):
    check(old in GOOD, f"{RECORD.name} does not hold {old!r} any more")
    return GOOD.replace(old, new, 1)


def place(text, mark):
    """Line and column of the first `mark`."""
    at = text.index(mark)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


bad = []


def add(name, content, code, line, column, ending=".xml"):
    data = content.encode() if isinstance(content, str) else content
    bad.append((name, data, code, line, column, ending))


def add_edit(name, old, new, code, mark):
    """One fault put into a good record; the message stands at `mark`."""
    text = changed(old, new)
    add(name, text, code, *place(text, mark))


add("not-xml", "hello", "xml-syntax", 1, 1)
add("empty", "", "xml-syntax", 1, 1)
add("only-blanks", " \n\n ", "xml-syntax", 3, 2)
add("only-bom", b"\xef\xbb\xbf", "xml-syntax", 1, 1)
add("crossed-tags", "<a>\n  <b></a>", "xml-syntax", 2, 6)
add("cut-off", PLAN + "\n  <title>示例", "xml-syntax", 2, 12)
add("two-roots", PLAN + "</record>\n<record/>", "xml-syntax", 2, 1)
add("bare-ampersand", PLAN + "\n<title>甲 & 乙</title></record>", "xml-syntax", 2, 10)
add("unknown-entity", PLAN + "\n<title>示例&nbsp;市</title></record>", "xml-syntax", 2, 10)
add("reference-beyond-all", PLAN + "\n<title>&#99999999999999999999;示例</title></record>", "xml-syntax", 2, 8)
add("twice-an-attribute", '<record kind="monthly-plan"\n kind="x"/>', "xml-syntax", 2, 2)
add("invalid-utf8", PLAN.encode() + "\n<title>示例".encode() + b"\xff</title></record>", "xml-encoding", 2, 10)
add("cut-utf8", PLAN.encode() + b"\n\xe5\xb8</record>", "xml-encoding", 2, 1)
add("long-utf8", PLAN.encode() + b"\n \xc0\xaf</record>", "xml-encoding", 2, 2)
add("surrogate", PLAN.encode() + b"\n \xed\xa0\x80</record>", "xml-encoding", 2, 2)
add("nul", PLAN.encode() + "\n<title>示例".encode() + b"\0</title></record>", "xml-nul", 2, 10)
add("control-character", PLAN + "\n<title>示\x07例</title></record>", "xml-syntax", 2, 9)
add("declared-koi8", '<?xml version="1.0" encoding="KOI8-R"?>' + PLAN + "</record>", "xml-declared", 1, 31)
add("cut-utf16", GOOD.encode("utf-16")[:-1], "encoding-bad", GOOD.count("\n"), len("</record>") + 1)
add("invalid-gbk", '<?xml version="1.0" encoding="GBK"?>\n<!-- 示例'.encode("gbk") + b"\xff\xff", "encoding-bad", 2, 8)
add("unknown-kind", '<record\n kind="monthly-pan" version="1"/>', "record-kind", 2, 8)
add("kind-is-a-path", '<record kind="../schema/monthly-plan" version="1"/>', "record-kind", 1, 15)
add("kind-is-empty", '<record kind="" version="1"/>', "record-kind", 1, 15)
add("no-kind", '<record version="1"/>', "record-missing", 1, 1)
add("other-root", "<!-- x -->\n<note/>", "record-root", 2, 1)
add("too-deep", PLAN + "<p>" * 100000, "xml-limit", 1, len(PLAN) + 255 * 3 + 1)
add_edit("unknown-element", "<body>", "<body><paar/>", "record-element", "<paar/>")
add_edit("unknown-attribute", '<item number="1.">', '<item numbr="1." number="1.">', "record-attribute", 'numbr="1."')
add_edit("misplaced-element", "<body>", "<body><title>甲</title>", "record-place", "<title>甲")
add_edit("missing-element", "<heading>6月工作情况</heading>", "", "record-missing", '<section number="（一）">')
add_edit("bare-text", "<body>", "<body>甲", "record-text", "甲")
add_edit("bad-date", 'when="2031-06-30"', 'when="2031年6月"', "record-value", '2031年6月"')
add_edit("xinclude", "<body>", '<body><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret" parse="text"/>',
         "record-element", "<xi:include")

add("text-empty", "", "import-empty", 1, 1, ".txt")
add("text-blank", "\n \n\u3000\n", "import-empty", 1, 1, ".txt")
add("text-of-no-kind", "示例市天气\n\n今天晴。\n", "import-kind", 1, 1, ".txt")
add("text-nul", DRAFT.read_bytes().replace("市".encode(), b"\0", 1), "xml-nul", 1, 3, ".txt")
add("text-invalid-utf8", DRAFT.read_bytes().replace("市".encode(), b"\xca\xd0", 1), "xml-encoding", 1, 3, ".txt")
add("text-cut-utf16", "示例市\n甲".encode("utf-16")[:-1], "encoding-bad", 2, 1, ".txt")

for name, data, code, line, column, ending in bad:
    @case(f"badinput-{name}")
    def _():
        """Refused at its place, by rendering and by check, in both languages; never a PDF."""
        where = folder()
        (where / f"bad{ending}").write_bytes(data)
        (where / "secret").write_text(SECRET)
        before = contents(where)
        for args in (["-o", "x.pdf"], ["-o", "-"], [], ["--draft"], ["--lang=zh"]):
            run = genpdf(f"bad{ending}", *args, cwd=where, fails=True)
            refused(run, 2, code)
            equal(said(run)[0], (code, line, column, f"bad{ending}"), "message")
            check(("错误: " if "--lang=zh" in args else "error: ") in run.messages.split("\n")[0], f"the language: {run}")
            check(SECRET not in run.messages, "a file was read through the input")
        equal(genpdf("check", f"bad{ending}", cwd=where, fails=True).status, 2, "status of check")
        equal(contents(where), before, "files")


# ---- document types: nothing is read or expanded, whatever they say ----

def entity_bomb():
    rows = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30)]
    return '<!DOCTYPE record [<!ENTITY e0 "示例">\n' + "\n".join(rows) + f"]>\n{PLAN}<title>&e29;</title></record>"


DTDS = {
    "dtd-external-entity": f'<!DOCTYPE record [<!ENTITY x SYSTEM "secret">]>{PLAN}<title>&x;</title></record>',
    "dtd-external-entity-by-url": '<!DOCTYPE record [<!ENTITY x SYSTEM "http://127.0.0.1:PORT/x">]>' + PLAN + "<title>&x;</title></record>",
    "dtd-parameter-entity": f'<!DOCTYPE record [<!ENTITY % p SYSTEM "secret">%p;]>{PLAN}</record>',
    "dtd-parameter-entity-by-url": '<!DOCTYPE record [<!ENTITY % p SYSTEM "http://127.0.0.1:PORT/p">%p;]>' + PLAN + "</record>",
    "dtd-external-subset": '<!DOCTYPE record SYSTEM "http://127.0.0.1:PORT/d">' + PLAN + "</record>",
    "dtd-entity-bomb": entity_bomb(),
    "dtd-recursive-entity": f'<!DOCTYPE record [<!ENTITY a "&b;"><!ENTITY b "&a;">]>{PLAN}&a;</record>',
    "dtd-default-attribute": '<!DOCTYPE record [<!ATTLIST record kind CDATA "monthly-plan">]><record version="1"/>',
}

for name, text in DTDS.items():
    @case(f"badinput-{name}")
    def _():
        import socket
        where = folder()
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.05)
            text_here = text.replace("PORT", str(server.getsockname()[1]))
            (where / "bad.xml").write_text("\n" + text_here if name.endswith("set") else text_here, encoding="utf-8")
            (where / "secret").write_text(SECRET)
            before = contents(where)
            run = genpdf("bad.xml", cwd=where, fails=True)
            try:
                server.accept()
                raise Fault("it asked the network")
            except TimeoutError:
                pass
        refused(run, 2, "xml-dtd")
        equal(said(run), [("xml-dtd", 2 if name.endswith("set") else 1, 1, "bad.xml")], "messages")
        check(SECRET not in run.messages, "the other file was read")
        equal(contents(where), before, "files")


# ---- size and time ----

@case("badinput-many-attributes")
def _():
    """Comparing each name with each other would take a minute. Only attributes count: no quotes of comments and texts."""
    where = folder()
    names = "\n".join(f'a{n}="1"' for n in range(2, 100000))
    (where / "bad.xml").write_text(f"<record kind=\"monthly-plan\" version='1'\n{names}/>")
    run = genpdf("bad.xml", cwd=where, fails=True)
    refused(run, 2, "xml-limit")
    equal(said(run), [("xml-limit", 1000, 7, "bad.xml")], "messages")
    equal(sorted(contents(where)), ["bad.xml"], "files")
    quotes = '"<a b=' * 3000
    text = changed("<title>", f"<!-- {quotes} --><?x {quotes}?><title>").replace("召开年中", '召开""' + "年中" + "'" * 2001, 1)
    (where / "good.xml").write_text(text.replace("沈若溪", f"<![CDATA[{quotes}]]>"), encoding="utf-8")
    equal(genpdf("--stop=record", "good.xml", cwd=where).messages, "", "messages")


@case("badinput-many-faults")
def _():
    """One run shows several faults, each at its place."""
    text = changed("<body>", "<body><paar/>").replace("<heading>其他工作", '<heading colour="red">其他工作', 1)
    where = folder()
    (where / "bad.xml").write_text(text, encoding="utf-8")
    run = genpdf("bad.xml", cwd=where, fails=True)
    refused(run, 2, "record-element")
    for code, mark in (("record-element", "<paar/>"), ("record-attribute", 'colour="red"')):
        check((code, *place(text, mark), "bad.xml") in said(run), f"no {code} at {place(text, mark)}: {run}")


@case("badinput-excerpt")
def _():
    """The line and a caret below the place, by display width: an ideograph is two columns."""
    where = folder()
    (where / "bad.xml").write_text(f"{PLAN}\n<title>示例&nbsp;市</title></record>", encoding="utf-8")
    rows = genpdf("bad.xml", cwd=where, fails=True).messages.split("\n")
    equal(rows[1], "    2 | <title>示例&nbsp;市</title></record>", "the line")
    equal(rows[2], "      | " + " " * (7 + 2 * 2) + "^~~~~~", "the caret")


# ---- fonts and layouts ----

def glyphless(where):
    """No test font has 龘."""
    text = changed("排查山洪", "排查龘龘山洪")
    (where / "bad.xml").write_text(text, encoding="utf-8")
    return place(text, "龘")


@case("badinput-glyph-missing")
def _():
    where = folder()
    line, column = glyphless(where)
    fonts = {"GENPDF_FONTS": BUILD / "testfonts"}
    before = contents(where)
    run = genpdf("bad.xml", "-o", "x.pdf", cwd=where, env=fonts, fails=True)
    refused(run, 2, "glyph-missing")
    check(("glyph-missing", line, column, "bad.xml") in said(run), f"not at {line}:{column}: {run}")
    check("U+9F98" in run.messages, f"the character is not named: {run}")
    equal(contents(where), before, "files")
    run = genpdf("bad.xml", "-o", "x.pdf", "--draft", cwd=where, env=fonts)
    check("glyph-missing" in codes(run) and (where / "x.pdf").stat().st_size > 1000, "no draft with a warning")
    equal(genpdf("bad.xml", "-o", "-", "--draft", "--strict", cwd=where, env=fonts, fails=True).status, 1, "status by --strict")


@case("badinput-no-fonts")
def _():
    """A fonts.xml that names files that are nowhere."""
    where = folder()
    text = (BUILD / "testfonts" / "fonts.xml").read_text(encoding="utf-8")
    (where / "fonts.xml").write_text(re.sub(r'file="tiny', 'file="nowhere', text), encoding="utf-8")
    run = genpdf(RECORD, "-o", "x.pdf", cwd=where, env={"GENPDF_FONTS": where}, fails=True)
    refused(run, 3, "font-none")
    equal(sorted(contents(where)), ["fonts.xml"], "files")


@case("badinput-broken-font")
def _():
    where = folder()
    shutil.copytree(BUILD / "testfonts", where, dirs_exist_ok=True)
    for font in where.glob("tiny-a.*"):
        font.write_bytes(font.read_bytes()[:2000])
    run = genpdf(RECORD, "-o", "x.pdf", cwd=where, env={"GENPDF_FONTS": where}, fails=True)
    refused(run, 3, "font-file")
    check(not (where / "x.pdf").exists(), "a PDF with a broken font")


@case("badinput-no-layout")
def _():
    where = folder()
    for name, hint in (("nolayout", ""), ("monthly-plan-970", "monthly-plan-9704"), ("./", ""), ("../x/", "")):
        run = genpdf(RECORD, "-l", name, "-o", "x.pdf", cwd=where, fails=True)
        refused(run, 2, "layout-missing")
        check(hint in run.messages, f"no proposal of {hint}: {run}")
    equal(contents(where), {}, "files")


@case("badinput-no-home")
def _():
    where = folder()
    run = genpdf(RECORD, "-o", "x.pdf", cwd=where, env={"GENPDF_HOME": where}, fails=True)
    refused(run, 3, "world-home")
    check(str(where) in run.messages, f"the folder is not named: {run}")


# ---- reading ----

@case("badinput-missing-input")
def _():
    where = folder()
    for name in ("nothing.xml", "no/such.txt", "", "nothing.xml/x"):
        run = genpdf(name, "-o", "x.pdf", cwd=where, fails=True)
        refused(run, 3, "world-read")
        equal(contents(where), {}, "files")
        equal(genpdf("import", name, cwd=where, fails=True).status, 3, "status of import")
        equal(genpdf("check", name, cwd=where, fails=True).status, 3, "status of check")


@case("badinput-folder-as-input")
def _():
    where = folder()
    (where / "in.xml").mkdir()
    for name in ("in.xml", ".", "/"):
        refused(genpdf(name, "-o", "x.pdf", cwd=where, fails=True), 3, "world-read")
    equal(contents(where), {"in.xml": "folder"}, "files")


@case("badinput-closed-standard-input")
def _():
    where = folder()
    script = f"'{GENPDF}' - -o x.pdf <&-"
    refused(command("sh", "-c", script, cwd=where, fails=True), 3, "world-read")
    equal(contents(where), {}, "files")


# ---- writing ----

@case("badinput-dev-full")
def _():
    """Status 3, and the device is still a device: nothing was renamed over it."""
    for args in ([RECORD], ["--stop=list", RECORD], ["import", DRAFT]):
        run = genpdf(*args, "-o", "/dev/full", fails=True)
        refused(run, 3, "world-write")
        check("/dev/full" in run.messages, f"the file is not named: {run}")
        check(stat.S_ISCHR(os.stat("/dev/full").st_mode), "/dev/full is no device any more")
        with open("/dev/full", "wb", buffering=0) as full:
            try:
                full.write(b"x")
                raise Fault("/dev/full is not full any more")
            except OSError:
                pass
    check(not [n for n in os.listdir("/dev") if "genpdf" in n], "a temporary file in /dev")


@case("badinput-dev-null")
def _():
    equal(genpdf(RECORD, "-o", "/dev/null").messages, "", "messages")
    check(stat.S_ISCHR(os.stat("/dev/null").st_mode), "/dev/null is no device any more")


@case("badinput-pipe-as-output")
def _():
    where = folder()
    os.mkfifo(where / "pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((where / "pipe").read_bytes()), daemon=True)
    reader.start()
    genpdf(RECORD, "-o", "pipe", cwd=where)
    reader.join(LIMIT)
    check(got and got[0] == genpdf(RECORD, "-o", "-").out, "not the bytes of the PDF")
    check(stat.S_ISFIFO(os.stat(where / "pipe").st_mode), "the pipe is no pipe any more")
    equal(os.listdir(where), ["pipe"], "files")


@case("badinput-pipe-with-nobody")
def _():
    """A pipe without another end is no reason to wait for ever; one whose writer or reader comes late is."""
    where = folder()
    os.mkfifo(where / "p")
    (where / "mine").mkdir()
    os.symlink("../p", where / "mine" / "layout.xml")
    (where / "in.xml").write_text(GOOD, encoding="utf-8")
    before = contents(where)
    runs = {("p", "-o", "x.pdf"): "world-read", ("import", "p"): "world-read", ("in.xml", "-o", "p"): "world-write",
            ("-l", "mine/", "in.xml", "-o", "x.pdf"): "world-read", ("verify", "p"): "world-read"}
    begun = [(args, subprocess.Popen([GENPDF, "--lang=en", *args], cwd=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
             for args in runs if args[-1] != "p" or args[0] != "in.xml"]
    for args, p in begun:
        out, said_there = p.communicate(timeout=60)
        equal((p.returncode, out), (3, b""), f"{args}: {said_there.decode()}")
        check(f"[{runs[args]}]" in said_there.decode() and "no program at its other end" in said_there.decode(), said_there.decode())
    equal(contents(where), before, "files")
    refused(genpdf("in.xml", "-o", "p", cwd=where, fails=True), 3, "world-write")
    late = subprocess.Popen(["sh", "-c", "sleep 2; exec 3>p; sleep 1; cat in.xml >&3"], cwd=where)
    equal(genpdf("p", "-o", "x.pdf", cwd=where, env={"GENPDF_FONTS": BUILD / "testfonts"}).status, 0, "a writer that is late")
    late.wait()
    late = subprocess.Popen(["sh", "-c", "sleep 2; cat p >y.pdf"], cwd=where)
    equal(genpdf("in.xml", "-o", "p", cwd=where, env={"GENPDF_FONTS": BUILD / "testfonts"}).status, 0, "a reader that is late")
    late.wait()
    equal((where / "y.pdf").read_bytes(), (where / "x.pdf").read_bytes(), "bytes")


@case("badinput-closed-pipe")
def _():
    """Nobody reads: a write error, no signal."""
    for args in ([RECORD, "-o", "-"], ["--stop=list", RECORD], ["import", DRAFT]):
        read, write = os.pipe()
        os.close(read)
        try:
            run = genpdf(*args, stdout=write, fails=True)
        finally:
            os.close(write)
        refused(run, 3, "world-write")


@case("badinput-closed-standard-output")
def _():
    where = folder()
    for args in (f"'{RECORD}' -o -", f"import '{DRAFT}'", "--help", "--version"):
        run = command("sh", "-c", f"'{GENPDF}' {args} >&-", cwd=where, fails=True)
        equal(run.status, 3, f"status of {args} >&-")
    equal(contents(where), {}, "files")


@case("badinput-closed-streams")
def _():
    """With every standard stream closed, the PDF is the same: no message lands in a file."""
    where = folder()
    command("sh", "-c", f"'{GENPDF}' '{DRAFT}' -o closed.pdf <&- >&- 2>&-", cwd=where)
    genpdf(DRAFT, "-o", "open.pdf", cwd=where)
    equal((where / "closed.pdf").read_bytes() == (where / "open.pdf").read_bytes(), True, "equal bytes")


@case("badinput-output-folder-missing")
def _():
    where = folder()
    for name in ("no/x.pdf", "no/", "no/such/x.pdf"):
        refused(genpdf(RECORD, "-o", name, cwd=where, fails=True), 3, "world-write")
    equal(contents(where), {}, "files")


@case("badinput-output-below-a-file")
def _():
    where = folder()
    (where / "file").write_text("x")
    refused(genpdf(RECORD, "-o", "file/x.pdf", cwd=where, fails=True), 3, "world-write")
    equal(contents(where), {"file": b"x"}, "files")


@case("badinput-output-is-input")
def _():
    """By its own name, by another path, and through links; the input stays as it was."""
    where = folder()
    shutil.copy(RECORD, where / "a.xml")
    shutil.copy(DRAFT, where / "plan")
    os.symlink("a.xml", where / "link")
    (where / "sub").mkdir()
    before = contents(where)
    for args in (["a.xml", "-o", "a.xml"], ["a.xml", "-o", "sub/../a.xml"], ["a.xml", "-o", "link"], ["link", "-o", "a.xml"],
                 ["--stop=text", "a.xml", "-o", "a.xml"], ["import", "plan", "-o", "plan"],
                 ["import", "plan", "-o", "x.xml", "--report", "plan"]):
        refused(genpdf(*args, cwd=where, fails=True), 2, "output-is-input")
        equal(contents(where), before, f"files after {args}")


@case("badinput-two-results-in-one-place")
def _():
    """One would silently replace the other: refused before anything is made."""
    where = folder()
    for name in ("a", "b"):
        (where / name).mkdir()
        shutil.copy(RECORD, where / name / "x.xml")
    shutil.copy(DRAFT, where / "a" / "x.txt")
    before = contents(where)
    for args in (["a/x.xml", "b/x.xml", "-o", "."], ["a/x.xml", "a/x.txt"], ["a/x.xml", "b/x.xml", "-o", "one.pdf"],
                 ["import", "a/x.txt", "-o", "r", "--report", "r"], ["import", "a/x.txt", "--report", "-"],
                 ["a/x.txt", "-o", "r", "--report", "r"]):
        run = genpdf(*args, cwd=where, fails=True)
        equal((run.status, run.out), (2, b""), f"status and standard output of {args}")
        check(run.messages.startswith("genpdf: "), f"no message: {run}")
        equal(contents(where), before, f"files after {args}")


def keeps_old(*args, status, where=None, **more):
    """A run that fails leaves the old x.pdf as it was: bytes, inode, time, mode; and no other file."""
    where = where or folder()
    old = where / "x.pdf"
    old.write_bytes(b"an older PDF")
    os.chmod(old, 0o640)
    os.utime(old, (1000000000, 1000000000))
    facts = os.stat(old)
    before = contents(where)
    run = genpdf(*args, "-o", "x.pdf", cwd=where, fails=True, **more)
    equal(run.status, status, f"status ({run.messages.strip()[:200]})")
    now = os.stat(old)
    for key in ("st_ino", "st_mtime", "st_mode", "st_size", "st_nlink"):
        equal(getattr(now, key), getattr(facts, key), key)
    equal(contents(where), before, "files")
    return run


@case("badinput-old-output-stays")
def _():
    where = folder()
    (where / "bad.xml").write_text("hello")
    keeps_old("bad.xml", status=2, where=where)
    keeps_old("nothing.xml", status=3)
    keeps_old(RECORD, "-l", "nolayout", status=2)
    where = folder()
    glyphless(where)
    keeps_old("bad.xml", status=2, where=where, env={"GENPDF_FONTS": BUILD / "testfonts"})


@case("badinput-disk-full")
def _():
    """A disk that takes 8 KB of the file (by the limit of a file's size): an error, no half of a PDF, no temporary file."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    run = keeps_old(RECORD, status=3, preexec_fn=limit)
    check("world-write" in codes(run), f"no [world-write]: {run}")
    where = folder()
    genpdf(RECORD, "-o", "x.pdf", cwd=where, fails=True, preexec_fn=limit)
    equal(contents(where), {}, "files")


@case("badinput-report-cannot-be-written")
def _():
    where = folder()
    for args in (["import", DRAFT, "-o", "x.xml"], [DRAFT, "-o", "x.pdf"]):
        for report in ("/dev/full", "no/such"):
            refused(genpdf(*args, "--report", report, cwd=where, fails=True), 3, "world-write")
            equal(contents(where), {}, "files")


@case("badinput-output-name-too-long")
def _():
    where = folder()
    refused(genpdf(RECORD, "-o", "x" * 300 + ".pdf", cwd=where, fails=True), 3, "world-write")
    longest = "示" * 83 + ".pdf"             # 253 bytes: the temporary name must fit too
    genpdf(RECORD, "-o", longest, cwd=where)
    equal(sorted(contents(where)), [longest], "files")


# ---- links ----

@case("badinput-link-as-output")
def _():
    """The target is replaced, the link stays; its folder gets no temporary file."""
    where = folder()
    (where / "real").mkdir()
    (where / "real" / "old.pdf").write_bytes(b"old")
    os.chmod(where / "real" / "old.pdf", 0o604)
    os.symlink("real/old.pdf", where / "link.pdf")
    os.symlink("link.pdf", where / "link2.pdf")
    genpdf(RECORD, "-o", "link2.pdf", cwd=where)
    equal((os.readlink(where / "link.pdf"), os.readlink(where / "link2.pdf")), ("real/old.pdf", "link.pdf"), "links")
    check((where / "real" / "old.pdf").read_bytes().startswith(b"%PDF-"), "the target is not the PDF")
    equal(os.stat(where / "real" / "old.pdf").st_mode & 0o777, 0o604, "mode of the target")
    equal(sorted(contents(where)), ["link.pdf", "link2.pdf", "real", "real/old.pdf"], "files")


@case("badinput-dangling-link-as-output")
def _():
    where = folder()
    (where / "real").mkdir()
    os.symlink("real/new.pdf", where / "link.pdf")
    os.symlink("no/where.pdf", where / "lost.pdf")
    os.symlink("round.pdf", where / "round.pdf")
    genpdf(RECORD, "-o", "link.pdf", cwd=where)
    check((where / "real" / "new.pdf").read_bytes().startswith(b"%PDF-") and (where / "link.pdf").is_symlink(), "not made")
    refused(genpdf(RECORD, "-o", "lost.pdf", cwd=where, fails=True), 3, "world-write")
    refused(genpdf(RECORD, "-o", "round.pdf", cwd=where, fails=True), 3, "world-write")
    equal(sorted(os.listdir(where)), ["link.pdf", "lost.pdf", "real", "round.pdf"], "files")


# ---- somebody without rights ----

def umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def stranger():
    """How to run as somebody who owns nothing, a folder that he can reach, his program and its environment."""
    home, program, around = copy_for_everybody()
    where = home / "work"
    where.mkdir()
    os.chmod(where, 0o755)
    return (NOBODY if os.getuid() == 0 else []), where, program, around


@case("badinput-no-permission")
def _():
    who, where, program, around = stranger()
    try:
        (where / "closed").mkdir()
        (where / "closed.pdf").write_bytes(b"old")
        shutil.copy(RECORD, where / "in.xml")
        shutil.copy(RECORD, where / "secret.xml")
        (where / "open").mkdir()
        os.chmod(where / "open", 0o777)
        (where / "open" / "old.pdf").write_bytes(b"old")
        before = contents(where)
        os.chmod(where / "closed", 0o555)
        os.chmod(where / "closed.pdf", 0o444)
        os.chmod(where / "open" / "old.pdf", 0o444)
        os.chmod(where / "secret.xml", 0o000)
        for args, code in ((["in.xml", "-o", "closed/x.pdf"], "world-write"), (["in.xml", "-o", "closed.pdf"], "world-write"),
                           (["in.xml", "-o", "open/old.pdf"], "world-write"), (["secret.xml", "-o", "open/x.pdf"], "world-read")):
            refused(command(*who, program, *args, cwd=where, env=around, fails=True), 3, code)
            os.chmod(where / "secret.xml", 0o600)
            equal(contents(where), before, f"files after {args}")
            os.chmod(where / "secret.xml", 0o000)
        command(*who, program, "in.xml", "-o", "open/x.pdf", cwd=where, env=around)
        equal(os.stat(where / "open" / "x.pdf").st_mode & 0o777, 0o666 & ~umask(), "mode of a new PDF")
    finally:
        os.chmod(where / "closed", 0o755)
        shutil.rmtree(where, True)


# ---- several inputs ----

@case("badinput-one-of-several")
def _():
    """The good ones are made; the worst status counts, wherever it stands."""
    for order in (["bad.xml", "good.xml", "plan.txt"], ["good.xml", "plan.txt", "bad.xml"]):
        where = folder()
        shutil.copy(RECORD, where / "good.xml")
        shutil.copy(DRAFT, where / "plan.txt")
        (where / "bad.xml").write_text("hello")
        refused(genpdf(*order, cwd=where, fails=True), 2, "xml-syntax")
        equal(sorted(contents(where)), ["bad.xml", "good.pdf", "good.xml", "plan.pdf", "plan.txt"], "files")
        refused(genpdf(*order, "nothing.xml", "-o", ".", cwd=where, fails=True), 3, "world-read")
        equal(genpdf("check", *order, cwd=where, fails=True).status, 2, "status of check")


@case("badinput-standard-input")
def _():
    """Messages about it have a name too."""
    run = genpdf("-", stdin=b"<a>\n<b></a>", fails=True)
    refused(run, 2, "xml-syntax")
    equal(said(run)[0], ("xml-syntax", 2, 4, "<stdin>"), "message")
    row = json.loads(genpdf("-", "--diagnostics=json", stdin=b"<a>\n<b></a>", fails=True).messages.split("\n")[0])
    equal((row["file"], row["line"], row["column"]), ("<stdin>", 2, 4), "place")
    refused(genpdf("-", stdin=b"", fails=True), 2, "import-empty")


@case("badinput-endless-input")
def _():
    """An input that never ends is too large, not a hang."""
    where = folder()

    def limit():
        if b"__asan_init" not in program:  # it reserves terabytes of addresses
            resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    program = Path(GENPDF).read_bytes()
    run = genpdf("/dev/zero", "-o", "x.pdf", cwd=where, fails=True, preexec_fn=limit)
    refused(run, 2, "world-too-large")
    equal(contents(where), {}, "files")


finish()
