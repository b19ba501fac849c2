#!/usr/bin/python3
"""Memory and disk that give out: at every place where genpdf asks for them the run ends with status 3 and a message, and leaves old
files as they were, no temporary one beside them. Under a limit of the process's addresses a library may end it first, but no half of a file is left.

Takes: GENPDF, B/tests/progs/faults.  Gives: ok / not ok / skip lines.  Memory, genpdf's and libxml2's, fails wherever it is asked for by
another way of calls than before, in every seventh of these; writing fails at every system call. `faults.py all` (make test-long): at every
such way, in every seventh for every record and draft, and a disk full at more bytes."""

import os
import resource
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
import cases  # noqa: E402
from cases import BUILD, GENPDF, TOP, Fault, Skip, case, check, command, equal, finish, folder  # noqa: E402

ALL = sys.argv[1:] == ["all"]
PROGRAM = BUILD / "tests" / "progs" / "faults"
RECORDS = TOP / "records"
PLAN, TABLE = RECORDS / "monthly-plan-2031-06.xml", RECORDS / "responsibility-table-2032-04.xml"
TEXT = RECORDS / "drafts" / "monthly-plan-2031-06.txt"
OLD = b"an older file"
ENV = {"GENPDF_HOME": TOP, "GENPDF_FONTS": BUILD / "testfonts"}
if ALL:
    cases.LIMIT = 1000

# Name: input, options, step between bytes of a full disk (None: nothing is written).
RUNS = {
    "plan": (PLAN, [], 9973),
    "table": (TABLE, ["profile=plain"], 9973),
    "text": (TEXT, [], 9973),
    "import": (TEXT, ["verb=import"], 397),
    "import-with-report": (TEXT, ["verb=import", "report=/dev/null"], 997),
    "import-with-report-file": (TEXT, ["verb=import", "report=FOLDER/report"], None),
    "list": (PLAN, ["stop=list"], 4999),
    "vlist": (TABLE, ["stop=vlist"], 4999),
    "mistakes": ("bad.xml", [], None),
    "no-such-layout": (PLAN, ["layout=nothing"], None),
    "verify": ("good.pdf", ["verb=verify"], None),
    "extract": ("good.pdf", ["verb=extract"], None),
}
SOME = set(RUNS)
if ALL:
    RUNS |= {path.stem: (path, ["profile=a3a"], 9973) for path in sorted(RECORDS.glob("*.xml"))}
    RUNS |= {f"draft-{path.stem}": (path, ["verb=import"], 997) for path in sorted((RECORDS / "drafts").glob("*.txt"))}
NO_CALLS = {"mistakes", "no-such-layout", "verify", "extract"} - ({"extract"} if ALL else set())  # no file, or many


def prepare():
    where = folder()
    (where / "out").mkdir()
    (where / "out" / "out").write_bytes(OLD)
    (where / "out" / "other.pdf").write_bytes(OLD)
    text = PLAN.read_text(encoding="utf-8")
    (where / "bad.xml").write_text(text.replace("<body>", "<body><paar/><title a='1'>x</title>", 1).replace("</record>", "<x/></record>"),
                                   encoding="utf-8")
    return where


def give_out(what, step, name, path, options):
    where = prepare()
    if path == "good.pdf":
        shutil.copy(GOOD, where / path)
    if name == "extract":
        (where / "out" / "out").unlink()
    options = [o.replace("FOLDER", str(where / "out")) for o in options]
    env = ENV if name in SOME else {"GENPDF_HOME": TOP}  # the test fonts have not all the characters of all the records
    run = command(PROGRAM, what, step, path, where / "out", *options, cwd=where, env=env, fails=True)
    equal((run.status, run.messages), (0, ""), f"status and messages of faults ({run.text.strip()[:600]})")
    print(f"# {name}: {what}: {run.text.strip()}")


GOOD = prepare() / "good.pdf"
command(GENPDF, "--profile=a3a", PLAN, "-o", GOOD, env=ENV)

for name, (path, options, disk) in RUNS.items():
    @case(f"faults-memory-{name}")
    def _():
        give_out("memory", 1 if ALL and name in SOME else 7, name, path, options)

    if name not in NO_CALLS:
        @case(f"faults-calls-{name}")
        def _():
            give_out("calls", 1, name, path, options)

    if disk:
        @case(f"faults-disk-{name}")
        def _():
            give_out("disk", 64 if ALL and disk < 9973 else disk, name, path, options)


@case("faults-limit-of-addresses")
def _():
    """From too little to start with, to enough."""
    if b"__asan_init" in Path(GENPDF).read_bytes():
        raise Skip("a sanitizer reserves terabytes of addresses")
    where, whole = prepare(), command(GENPDF, PLAN, "-o", "-", env=ENV).out
    done = 0
    for megabytes in range(8, 400, 8 if ALL else 24):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            run = command(GENPDF, PLAN, "-o", "out/out", cwd=where, env=ENV, fails=True, preexec_fn=limit)
            status = run.status
        except Fault as why:  # a library's abort, or the loader's
            check("ended by signal" in str(why), str(why))
            status = None
        equal(sorted(os.listdir(where / "out")), ["other.pdf", "out"], f"files under {megabytes} MB")
        data = (where / "out" / "out").read_bytes()
        if status == 0:
            check(data == whole, f"half a PDF under {megabytes} MB, or another one")
            done += 1
        else:
            equal(data, OLD, f"the old file under {megabytes} MB")
        if done > 2:
            break
        (where / "out" / "out").write_bytes(OLD)
    check(done, "never enough")
    shutil.rmtree(where)


finish()
