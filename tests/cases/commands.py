#!/usr/bin/python3
"""What a user types: the examples of the manual, one after the other; the installed program; make without a network.

Takes: GENPDF, genpdf.1, Makefile, records/.  Gives: ok / not ok lines. The commands of README.md: readme.py."""

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, GENPDF, SHARED, TOP, Skip, case, check, command, equal, finish, folder, genpdf  # noqa: E402

RECORD = TOP / "records" / "monthly-plan-2031-05.xml"
DRAFT = TOP / "records" / "drafts" / "monthly-plan-2031-05.txt"


def make(*args, **more):
    return command("make", "--no-print-directory", f"B={BUILD}", *args, env={"MAKEFLAGS": None, "MAKELEVEL": None}, **more)


@case("commands-examples-of-the-manual")
def _():
    """They run as they stand there, in their order, and leave what they name. What they read is made here first."""
    where = folder()
    shutil.copy(DRAFT, where / "plan.txt")
    (where / "bin").mkdir()
    (where / "bin" / "genpdf").symlink_to(GENPDF)
    page = (TOP / "genpdf.1").read_text(encoding="utf-8")
    examples = re.findall(r"^\.Dl (.*)$", page[page.index(".Sh EXAMPLES"):], re.M)
    check(len(examples) >= 5, f"only {len(examples)} examples")
    for example in examples:
        for word in re.findall(r"[\w.-]+\.txt", example.split(" -o ")[0].split(" --report ")[0]):
            if not (where / word).exists():
                shutil.copy(DRAFT, where / word)
        command("sh", "-ec", example.replace("\\", ""), cwd=where, env={"PATH": f"{where / 'bin'}:{os.environ['PATH']}"})
        words = shlex.split(example)
        for option in ("-o", "--report"):
            if option in words:
                made = where / words[words.index(option) + 1]
                check(made.exists(), f"{example}: no {made.name}")
    check((where / "plan.pdf").read_bytes().startswith(b"%PDF-"), "plan.pdf is none")


@case("commands-job-of-a-clerk")
def _():
    """Text -> record -> PDF, and in one step: equal; the own long plan has as many pages, items and departments."""
    where = folder()
    genpdf("import", DRAFT, "-o", "plan.xml", "--report", "report.txt", cwd=where)
    genpdf("plan.xml", "-o", "two.pdf", cwd=where)
    genpdf(DRAFT, "-o", "one.pdf", cwd=where)
    check((where / "one.pdf").read_bytes() == (where / "two.pdf").read_bytes(), "not the same PDF")
    record, plan = RECORD.read_text(encoding="utf-8"), (where / "plan.xml").read_text(encoding="utf-8")
    for element in ("<item ", "<responsible ", "<section "):
        equal(plan.count(element), record.count(element), element)
    equal(genpdf("--stop=text", "plan.xml", cwd=where).text, genpdf("--stop=text", RECORD).text, "pages")


@case("commands-install")
def _():
    """The installed program finds its layouts, schemas and fonts.xml beside itself, wherever that is."""
    where = folder()
    make("install", "PREFIX=/usr/local", f"DESTDIR={where}")
    program = where / "usr" / "local" / "bin" / "genpdf"
    fonts = {"GENPDF_FONTS": BUILD / "testfonts"}
    want = genpdf(RECORD, "-o", "-", env=fonts).out
    check(command(program, RECORD, "-o", "-", cwd="/", env=fonts).out == want, "another PDF than the program's in the build folder")
    moved = where / "elsewhere"
    (where / "usr" / "local").rename(moved)
    check(command(moved / "bin" / "genpdf", RECORD, "-o", "-", cwd="/", env=fonts).out == want, "another PDF after moving")
    check((moved / "share" / "man" / "man1" / "genpdf.1").exists(), "no manual")
    for name in ("layouts/base/layout.xml", "layouts/monthly-plan-9704/templates.xsl", "records/schema/core.rng", "fonts/fonts.xml"):
        check((moved / "share" / "genpdf" / name).exists(), f"no {name}")


@case("commands-make-asks-no-network")
def _():
    """Plain make builds and does nothing else; only these targets may fetch something."""
    run = make("-n", "-B", "all")
    check("-o " in run.text, "make -n builds nothing")
    for word in ("apt", "curl", "wget", "get.sh", "git ", "http"):
        check(word not in run.text, f"make all runs {word}")


@case("commands-make-help")
def _():
    shown = set(re.findall(r"^make(?: ([a-z-]+))?", make("help").text, re.M))
    targets = set(re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.M))
    check(shown - {""} <= targets, f"make help names no target: {shown - {''} - targets}")
    for name in ("deps", "demo", "test", "rooms", "regen", "install", "clean"):
        check(name in shown, f"make help says nothing of {name}")


@case("commands-with-shared-text")
def _():
    """The first commands of the issue, from the top folder, with a shared/ beside it or where GENPDF_SHARED says."""
    source = SHARED / "sources" / "monthly-plan-2021-02.txt"
    if not source.exists():
        raise Skip(f"no {source}")
    where = folder()
    run = genpdf("import", source, "-o", where / "plan.xml")
    check(run.messages.startswith("#") and run.messages.count("\n") > 5, "no report of decisions on standard error")
    equal(genpdf("check", where / "plan.xml").messages, "", "messages of check")


finish()
