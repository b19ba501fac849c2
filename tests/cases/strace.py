#!/usr/bin/python3
"""No side doors: under strace a run opens its inputs, the layout path, the schemas, the fonts and its output, and nothing else: no socket,
no other program, no file of the user's, no clock's or locale's. The dynamic loader's and the C library's own files do not count.

Takes: GENPDF, records/, layouts/, build/testfonts, strace.  Gives: ok / not ok / skip lines."""

import os
import re
import shutil
import sys
from functools import lru_cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, GENPDF, TOP, Fault, Skip, case, check, command, equal, finish, folder  # noqa: E402

RECORDS = sorted((TOP / "records").glob("*.xml"))
DRAFTS = sorted((TOP / "records" / "drafts").glob("*.txt"))
PLAN = TOP / "records" / "monthly-plan-2031-06.xml"
HOME = [TOP / "layouts", TOP / "records" / "schema", TOP / "fonts", "/dev/null"]  # libxml2 looks for our names of schemas there
SYSTEM = re.compile(r"/(usr/)?(local/)?lib(32|64)?/([^/]+/)*[^/]+\.so[.0-9]*$|/etc/ld\.so\.(cache|preload)$|/usr/lib/locale/")
CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+|\?)")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
OPENS = {"open", "openat", "openat2", "creat"}
LOOKS = {"stat", "stat64", "lstat", "newfstatat", "statx", "fstatat64", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getcwd"}
CHANGES = {"rename", "renameat", "renameat2", "unlink", "unlinkat", "link", "linkat", "chmod", "fchmodat", "chown", "fchownat"}
LOADER_ONLY = {"execve", "mmap", "statfs"}
# The end of a process, and what a process says of itself.
PROCESS = {"exit_group", "exit", "wait4", "arch_prctl"}


@lru_cache
def tracer():
    check(shutil.which("strace"), "strace is not here (Debian: strace)")
    run = command("strace", "-f", "-qq", "-e", "trace=%file", "true", fails=True)
    if run.status != 0 or "execve" not in run.messages:
        return "this machine does not let a process be traced: " + " ".join(run.messages.split())[:80]
    if b"__asan_init" in Path(GENPDF).read_bytes():
        return "a sanitizer opens files of its own, and finds no leaks when traced"
    return None


def parts(record):
    """A record and those that it is put together from."""
    named = re.findall(r'href="([^":]+)"', record.read_text(encoding="utf-8"))
    return [record, *(part for name in named for part in parts(record.parent / name))]


class Trace:
    """What a run asked for. opened, looked, changed: absolute paths."""
    def __init__(self, where, args, env, statuses):
        reason = tracer()
        if reason:
            raise Skip(reason)
        log = where / "trace"
        run = command("strace", "-f", "-qq", "-s", "4096", "-o", log, "-e", "trace=%file,%network,%process,io_uring_setup,memfd_create",
                      GENPDF, *args, cwd=where, env=env, fails=True)
        self.messages = run.messages
        check(run.status in statuses, f"status {run.status}: {run.messages[:300]}")
        self.opened, self.looked, self.changed, self.other = set(), set(), set(), []
        library_time = True
        for row in log.read_text(encoding="utf-8", errors="replace").split("\n"):
            m = CALL.match(row)
            if not m:
                check(not row.strip() or "exited with" in row, f"cannot read: {row}")
                continue
            name, paths = m[1], [os.path.normpath(where / p) for p in QUOTED.findall(m[2])[:2 if m[1] in CHANGES else 1] if p]
            if name in OPENS:
                system = all(SYSTEM.search(p) for p in paths)
                library_time = library_time and system
                if system and not library_time and not paths[0].startswith("/usr/lib/locale"):
                    self.other.append(f"a library opened in the middle: {paths[0]}")
                self.opened.update([] if system else paths)
            elif name in LOOKS:
                self.looked.update(p for p in paths if not SYSTEM.search(p) and not re.match(r"(/usr)?/lib", p))
            elif name in CHANGES:
                self.changed.update(paths)
            elif name == "execve":
                equal(os.path.realpath(paths[0]), os.path.realpath(GENPDF), "program")
            elif name not in LOADER_ONLY | PROCESS:
                self.other.append(row)
        log.unlink()
        check(self.opened, "no open was seen")

    def may(self, files, folders, output=None):
        """Opened: only these files, what is in these folders, and the output with its hidden place. Looked at: these and the folders above them."""
        place = output and os.path.dirname(output)
        hidden = output and re.compile(re.escape(f"{place}/.{os.path.basename(output)}.genpdf-") + r"\d+(-\d+)?\.tmp$")
        folders = [f for given in folders for f in {str(given), os.path.realpath(given)}]
        files = [f for given in files for f in {str(given), os.path.realpath(given)}]

        def inside(path):
            return any(path.startswith(f + "/") for f in folders) or path in files
        for path in sorted(self.opened):
            check(inside(path) or path in folders and path != "/dev/null" or output and (path in (output, place) or hidden.match(path)), f"opened {path}")
        around = {str(p) for f in [*files, *folders, GENPDF, output or GENPDF] for p in [Path(f), *Path(f).parents]}
        for path in sorted(self.looked):
            check(inside(path) or path in around or path in ("/proc/self/exe", str(TOP / "share" / "genpdf"),
                  str(BUILD / "layouts"), str(BUILD / "share" / "genpdf" / "layouts")) or re.match(r"/proc/self/fd(/\d+)?$", path), f"looked for {path}")
        for path in sorted(self.changed):
            check(output and (path == output or hidden.match(path)) or re.match(r"/proc/self/fd(/\d+)?$", path), f"changed {path}")
        equal(self.other, [], "other calls")


FONTS = BUILD / "testfonts"
OWN = {"GENPDF_FONTS": FONTS, "GENPDF_HOME": TOP}


def run(args, files=(), output=None, env=OWN, fonts=(FONTS,), statuses=(0,), where=None):
    where = where or folder()
    out = str(where / output) if output else None
    Trace(where, args, env, statuses).may(files, [*HOME, *fonts], out)
    return where


for record in RECORDS:
    @case(f"strace-render-{record.stem}")
    def _():
        where = run([record, "-o", "x.pdf", "--draft"], parts(record), "x.pdf")  # the test fonts lack a glyph here and there
        check((where / "x.pdf").read_bytes().startswith(b"%PDF-"), "no PDF")

    @case(f"strace-check-{record.stem}")
    def _():
        equal(os.listdir(run(["check", record, "--draft"], parts(record))), [], "files")

for draft in DRAFTS:
    @case(f"strace-import-{draft.stem}")
    def _():
        check(os.listdir(run(["import", draft, "-o", "x.xml", "--report", "/dev/null"], [draft, "/dev/null"], "x.xml")) == ["x.xml"], "no record")


@case("strace-text-to-pdf")
def _():
    run([DRAFTS[0], "-o", "x.pdf", "--report", "/dev/null"], [DRAFTS[0], "/dev/null"], "x.pdf")


@case("strace-standard-output")
def _():
    for stage in ("--stop=list", "--stop=text", "--lang=zh"):
        equal(os.listdir(run([stage, PLAN, "-o", "-"], [PLAN])), [], "files")


@case("strace-fonts")
def _():
    run(["fonts"], [])
    run(["fonts", PLAN], [PLAN])


@case("strace-fonts-of-the-machine")
def _():
    """The fonts.xml of the checkout: its folders, and no others."""
    table = (TOP / "fonts" / "fonts.xml").read_text(encoding="utf-8")
    folders = [os.path.normpath(TOP / "fonts" / d) for d in re.findall(r'<path dir="([^"]+)"', table)]
    check(len(folders) > 3, "fonts.xml names no folders")
    env = {"GENPDF_FONTS": None, "GENPDF_HOME": TOP}
    for args in (["fonts"], ["fonts", PLAN], [PLAN, "-o", "x.pdf"]):
        run(args, [PLAN], "x.pdf", env, folders, (0, 2, 3))


@case("strace-other-commands")
def _():
    """new, extract, verify: the schemas, the PDF, what is attached, a folder below TMPDIR; libqpdf comes late, with what it needs."""
    where = folder()
    (where / "tmp").mkdir()
    command(GENPDF, PLAN, "--profile=a3a", "-o", "a.pdf", cwd=where, env=OWN)
    command(GENPDF, PLAN, "-o", "b.pdf", cwd=where, env=OWN)
    env = {**OWN, "TMPDIR": where / "tmp"}
    for args in (["new"], ["new", "notice", "-o", "n.xml"], ["extract", "a.pdf", "-o", "files/"], ["verify", "a.pdf"],
                 ["verify", "b.pdf", "--record", PLAN], ["--explain=size", PLAN, "-o", "c.pdf"]):
        trace = Trace(where, args, env, (0,))
        inside = [f"{f}/" for f in (where, os.path.realpath(where), TOP / "layouts", TOP / "records", TOP / "fonts", FONTS)]
        alone = {*map(str, inside), "/dev/null", str(where), str(TOP / "records" / "schema")}
        for path in sorted(trace.opened | trace.changed):
            check(path.startswith(tuple(inside)) or path in alone or re.match(r"/proc/self/fd(/\d+)?$", path) or "/" not in path,
                  f"{args[0]} opened or changed {path}")
        equal([o for o in trace.other if "a library opened" not in o and not re.search(r"\b(mkdir|mkdirat|rmdir)\(", o)], [], f"other calls of {args[0]}")
    equal(os.listdir(where / "tmp"), [], "what verify left")


@case("strace-surroundings")
def _():
    """Nor does what stands in the environment lead to another file."""
    env = {**OWN, "HOME": "/root", "XDG_CONFIG_HOME": "/root/.config", "XML_CATALOG_FILES": "/etc/xml/catalog", "XML_DEBUG_CATALOG": None,
           "LANG": "zh_CN.UTF-8", "LC_ALL": None, "LANGUAGE": "zh", "TZ": "Asia/Shanghai", "SGML_CATALOG_FILES": "/etc/sgml/catalog",
           "FONTCONFIG_FILE": "/etc/fonts/fonts.conf", "SOURCE_DATE_EPOCH": "1900000000", "GRAPHITE2_TEST": "1", "G_MESSAGES_DEBUG": "all"}
    run([PLAN, "-o", "x.pdf"], [PLAN], "x.pdf", env)


# ---- inputs that ask for other files ----

@case("strace-record-asks")
def _():
    """Document types, schemas named by the record, XInclude, stylesheet instructions."""
    text = PLAN.read_text(encoding="utf-8")
    body = text[text.index("<record"):]
    asks = {
        "dtd": '<!DOCTYPE record SYSTEM "secret.dtd" [<!ENTITY x SYSTEM "secret"><!ENTITY % p SYSTEM "secret">%p;]>' + body.replace("</title>", "&x;</title>", 1),
        "include": body.replace("<body>", '<body><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret" parse="text"/>', 1),
        "location": body.replace("<record ", '<record xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="secret" ', 1),
        "kind": re.sub(r'kind="[^"]*"', 'kind="../../secret"', body, count=1),
        "sheet": '<?xml-stylesheet href="secret" type="text/xsl"?><?xml-model href="secret"?>' + body,
        "catalog": '<?oasis-xml-catalog catalog="secret"?><!DOCTYPE record PUBLIC "-//x" "secret">' + body,
    }
    for name, content in asks.items():
        where = folder()
        (where / "in.xml").write_text(content, encoding="utf-8")
        (where / "secret").write_text("secret")
        (where / "secret.dtd").write_text("")
        run(["in.xml", "-o", "x.pdf"], [where / "in.xml"], "x.pdf", statuses=(0, 2), where=where)


SHEET = ('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout" '
         'xmlns:exsl="http://exslt.org/common" xmlns:saxon="http://icl.com/saxon" xmlns:xt="http://www.jclark.com/xt" '
         'xmlns:redirect="org.apache.xalan.xslt.extensions.Redirect" extension-element-prefixes="exsl saxon xt redirect">'
         '%s<xsl:template match="/record"><document><section page="page">%s<p>x</p></section></document></xsl:template></xsl:stylesheet>')
LAYOUT = '<layout xmlns="urn:genpdf:layout" kind="chronicle"><use href="%s"/><templates href="templates.xsl"/></layout>'
BASE = "../base/layout.xml"
ASKING = {
    "document": (BASE, "", "<xsl:copy-of select=\"document('secret')\"/>"),
    "document-absolute": (BASE, "", "<xsl:value-of select=\"document('/etc/passwd')\"/>"),
    "document-computed": (BASE, "", "<xsl:for-each select=\"document(concat('sec', 'ret'), /)\"><p/></xsl:for-each>"),
    "import-up": (BASE, '<xsl:import href="../secret"/>', ""),
    "import-far-up": (BASE, '<xsl:import href="../../../../../../etc/passwd"/>', ""),
    "import-absolute": (BASE, '<xsl:import href="/etc/passwd"/>', ""),
    "import-url": (BASE, '<xsl:import href="http://127.0.0.1:9/x.xsl"/>', ""),
    "import-file-url": (BASE, '<xsl:import href="file:///etc/passwd"/>', ""),
    "include-absolute": (BASE, '<xsl:include href="/etc/passwd"/>', ""),
    "use-up": ("../../secret", "", ""),
    "use-absolute": ("/etc/passwd", "", ""),
    "exsl-document": (BASE, "", '<exsl:document href="made">x</exsl:document>'),
    "xsl-document": (BASE, "", '<xsl:document href="made">x</xsl:document>'),
    "saxon-output": (BASE, "", '<saxon:output href="made">x</saxon:output>'),
    "xt-document": (BASE, "", '<xt:document href="made">x</xt:document>'),
    "redirect-write": (BASE, "", '<redirect:write file="made">x</redirect:write>'),
    "picture": (BASE, "", '<image href="/etc/passwd"/>'),
}

for name, (use, top, body) in ASKING.items():
    @case(f"strace-layout-asks-{name}")
    def _():
        """Refused by a message; what it asks for is not opened."""
        where = folder()
        mine = where / "layouts" / "mine"
        mine.mkdir(parents=True)
        shutil.copytree(TOP / "layouts" / "base", where / "layouts" / "base")
        (mine / "layout.xml").write_text(LAYOUT % use, encoding="utf-8")
        (mine / "templates.xsl").write_text(SHEET % (top, body), encoding="utf-8")
        for secret in (where / "secret", where / "layouts" / "secret", mine / "secret"):
            secret.write_text("a secret")
        record = [r for r in RECORDS if 'kind="chronicle"' in r.read_text(encoding="utf-8")][0]
        trace = Trace(where, ["-l", "layouts/mine/", record, "-o", "x.pdf"], OWN, (2,))
        check("[" in trace.messages and "a secret" not in trace.messages and "root:" not in trace.messages, trace.messages)
        trace.looked.clear()  # that it is there may be seen, what it holds not
        allowed = [mine / "layout.xml", mine / "templates.xsl", record]
        trace.may(allowed, [*HOME, FONTS, where / "layouts" / "base"])
        equal(sorted(os.listdir(where)), ["layouts", "secret"], "files")


finish()
