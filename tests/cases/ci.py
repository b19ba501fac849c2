#!/usr/bin/python3
"""What runs without anybody looking: several records in one run, of which one is bad; make release; the CI files in examples/ci,
whose commands are run here one after the other in a copy of the tree.

Takes: GENPDF, B, Makefile, records/, examples/ci/.  Gives: ok / not ok / skip lines."""

import hashlib
import json
import os
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
import cases  # noqa: E402
from cases import BUILD, GENPDF, TOP, Fault, Skip, case, check, command, equal, finish, folder, genpdf  # noqa: E402

cases.LIMIT = 600           # make may have to compile
RECORDS = sorted(TOP.glob("records/*.xml"))
ENV = {"MAKEFLAGS": None, "MAKELEVEL": None, "B": None, "LC_ALL": "C.UTF-8"}  # B: the copy has its own build/


# ---- several records in one run ----

def batch(where, bad, *options):
    """Three records; the second is replaced by bad (None: absent). (status, names of PDFs, messages)."""
    for n, record in enumerate(RECORDS[:0] + [TOP / "records" / f for f in (
            "news-2032-07-flood.xml", "news-2032-07-pipes.xml", "monthly-plan-2031-06.xml")]):
        text = record.read_text(encoding="utf-8")
        file = where / f"{'abc'[n]}.xml"
        if n == 1 and bad is None:
            continue
        file.write_text(bad(text) if n == 1 else text, encoding="utf-8")
    out = where / "out"
    run = genpdf(*options, where / "a.xml", where / "b.xml", where / "c.xml", "-o", f"{out}/", fails=True)
    return run.status, sorted(p.name for p in out.glob("*")), run.messages


def same(text):
    return text


@case("ci-one-bad-among-several")
def _():
    """The others are made as if alone; the worst status wins, wherever the bad one stands."""
    for bad, want, made in ((same, 0, ["a.pdf", "b.pdf", "c.pdf"]),
                            (lambda t: t.replace("<title>", "<titel>"), 2, ["a.pdf", "c.pdf"]),
                            (lambda t: t.replace("</p>", "\U000F1234</p>", 1), 2, ["a.pdf", "c.pdf"]),
                            (None, 3, ["a.pdf", "c.pdf"])):
        where = folder()
        (where / "out").mkdir()
        status, names, said = batch(where, bad)
        equal((status, names), (want, made), said)
        check(want == 0 or "b.xml" in said, f"no message names b.xml: {said}")
        check("a.xml" not in said and "c.xml" not in said, f"a message names a good one: {said}")
        genpdf(where / "a.xml", "-o", where / "alone.pdf")
        check((where / "alone.pdf").read_bytes() == (where / "out" / "a.pdf").read_bytes(), "a.pdf differs from one made alone")


@case("ci-worst-status-wins")
def _():
    """3 before 2 before 1 before 0, whatever comes last."""
    where = folder()
    good = TOP / "records" / "news-2032-07-pipes.xml"
    wrong = where / "wrong.xml"
    wrong.write_text(good.read_text(encoding="utf-8").replace("<title>", "<titel>"), encoding="utf-8")
    absent = where / "absent.xml"
    for inputs, want in (([good, wrong], 2), ([wrong, good], 2), ([wrong, absent, good], 3), ([absent, wrong], 3), ([good], 0)):
        equal(genpdf("check", *inputs, fails=True).status, want, f"check {[p.name for p in inputs]}")
        out = folder()
        equal(genpdf(*inputs, "-o", f"{out}/", fails=True).status, want, f"{[p.name for p in inputs]}")


@case("ci-old-result-of-the-bad-one-stays")
def _():
    where = folder()
    (where / "out").mkdir()
    (where / "out" / "b.pdf").write_bytes(b"old")
    status, names, _ = batch(where, lambda t: t.replace("<title>", "<titel>"))
    equal((status, names, (where / "out" / "b.pdf").read_bytes()), (2, ["a.pdf", "b.pdf", "c.pdf"], b"old"), "outcome")


@case("ci-json-lines-name-their-file")
def _():
    where = folder()
    (where / "out").mkdir()
    _, _, said = batch(where, lambda t: t.replace("<title>", "<titel>"), "--diagnostics=json")
    rows = [json.loads(line) for line in said.split("\n") if line]
    equal({Path(row["file"]).name for row in rows}, {"b.xml"}, "files")


# ---- make release ----

def tree():
    """A copy of what is under version control, or else of everything but build/, with the build folder of this one."""
    where = folder()
    try:
        names = command("git", "ls-files", "-co", "--exclude-standard", cwd=TOP).text.split("\n")
    except (Fault, FileNotFoundError):      # the sources without their history
        names = [str(p.relative_to(TOP)) for part in TOP.iterdir() if part.name not in ("build", ".git")
                 for p in ([part] if part.is_file() else part.rglob("*"))]
    for name in names:
        if name and (TOP / name).is_file():
            (where / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TOP / name, where / name)
    (where / "build").symlink_to(BUILD)
    return where


def release(where):
    command("make", "--no-print-directory", "release", cwd=where, env=ENV)
    dist = where / "build" / "dist"
    return {p.name: p.read_bytes() for p in dist.iterdir()}


@case("ci-release")
def _():
    """Every record; true checksums in order of the names; nothing else; twice the same bytes, from another folder."""
    first = release(tree())
    equal(sorted(first), sorted(["SHA256SUMS"] + [r.stem + ".pdf" for r in RECORDS]), "files of build/dist")
    rows = [line.split("  ") for line in first["SHA256SUMS"].decode().split("\n") if line]
    equal([name for _, name in rows], sorted(r.stem + ".pdf" for r in RECORDS), "names in SHA256SUMS")
    for digest, name in rows:
        equal(hashlib.sha256(first[name]).hexdigest(), digest, name)
        check(first[name].startswith(b"%PDF-"), f"{name} is no PDF")
    second = release(tree())
    equal([n for n in first if first[n] != second.get(n)], [], "files that differ the second time")


@case("ci-release-stops-at-a-bad-record")
def _():
    where = tree()
    file = where / "records" / "news-2032-07-pipes.xml"
    file.write_text(file.read_text(encoding="utf-8").replace("<title>", "<titel>"), encoding="utf-8")
    run = command("make", "--no-print-directory", "release", cwd=where, env=dict(ENV, GENPDF_HOME=where), fails=True)
    check(run.status and "news-2032-07-pipes.xml" in run.messages, run)
    check(not (where / "build" / "dist" / "SHA256SUMS").exists(), "checksums of an incomplete release")


# ---- the CI files ----

def commands(file):
    """The shell of `run:` steps and of `script:`, `before_script:` lists, in order."""
    out, lines = [], file.read_text(encoding="utf-8").split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        indent = len(line) - len(line.lstrip())
        run = re.match(r"\s*(?:- )?run: (.*)", line)
        if run and run[1].strip() != "|":
            out.append(run[1])
        elif run or re.match(r"\s*(before_)?script:$", line):
            block = []
            while at < len(lines) and (not lines[at].strip() or len(lines[at]) - len(lines[at].lstrip()) > indent):
                block.append(lines[at].strip())
                at += 1
            out += ["\n".join(block)] if run else [b[2:] for b in block if b]
    return out


def stubs(where):
    """What changes the machine only says what it would do: packages are those of the Makefile, and names that Debian has."""
    bin_ = where / "stub"
    bin_.mkdir()
    for name in ("apt-get", "sudo"):
        (bin_ / name).write_text(f'#!/bin/sh\necho "{name} $*" >>{where}/asked\n', encoding="utf-8")
        (bin_ / name).chmod(0o755)
    return f"{bin_}:{os.environ['PATH']}"


for file in sorted((TOP / "examples" / "ci").glob("*.yml")):
    @case(f"ci-{file.stem}")
    def _(file=file):
        if GENPDF != str(BUILD / "genpdf"):
            raise Skip("another program than the build's")
        where, steps = tree(), commands(file)
        check(len(steps) >= 5, f"only {len(steps)} commands: {steps}")
        path = stubs(where)
        for step in steps:
            command("sh", "-ec", step, cwd=where, env=dict(ENV, PATH=path))
        check((where / "build" / "dist" / "SHA256SUMS").exists(), "no release")
        asked = (where / "asked").read_text(encoding="utf-8")
        check(re.search(r"^apt-get install .*\bgit\b.*\bmake\b", asked, re.M), f"no tools for the checkout: {asked}")

    @case(f"ci-{file.stem}-fails-with-a-bad-record")
    def _(file=file):
        """The step that checks is one that can fail."""
        where = tree()
        bad = where / "records" / "news-2032-07-pipes.xml"
        bad.write_text(bad.read_text(encoding="utf-8").replace("<title>", "<titel>"), encoding="utf-8")
        step = next(s for s in commands(file) if "check" in s and "genpdf" in s)
        run = command("sh", "-ec", step.replace("build/genpdf", GENPDF), cwd=where, env=dict(ENV, GENPDF_HOME=where), fails=True)
        equal(run.status, 2, str(run))

finish()
