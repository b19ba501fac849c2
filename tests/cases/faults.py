#!/usr/bin/python3
"""Memory and disk that give out: at every place where genpdf asks for them the run ends with status 3 and a message, and leaves old
files as they were, no temporary one beside them. Under a limit of the process's addresses a library may end it first, but no half of a file is left.

Takes: GENPDF, B/tests/progs/faults.  Gives: ok / not ok / skip lines.  `faults.py all`: every allocation, every 64th byte
(make test-long); else samples of them."""

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

# Name: input, options, step between allocations, step between bytes (None: nothing is written).
RUNS = {
    "plan": (PLAN, [], 23, 9973),
    "table": (TABLE, [], 53, 9973),
    "text": (TEXT, [], 53, 9973),
    "import": (TEXT, ["import=yes"], 23, 397),
    "import-with-report": (TEXT, ["import=yes", "report=/dev/null"], 101, 997),
    "list": (PLAN, ["stop=list"], 101, 4999),
    "vlist": (TABLE, ["stop=vlist"], 101, 4999),
    "mistakes": ("bad.xml", [], 23, None),
    "no-such-layout": (PLAN, ["layout=nothing"], 11, None),
}


def prepare():
    where = folder()
    (where / "out").mkdir()
    (where / "out" / "out").write_bytes(OLD)
    (where / "out" / "other.pdf").write_bytes(OLD)
    text = PLAN.read_text(encoding="utf-8")
    (where / "bad.xml").write_text(text.replace("<body>", "<body><paar/><title a='1'>x</title>", 1).replace("</record>", "<x/></record>"),
                                   encoding="utf-8")
    return where


def give_out(what, step, path, options):
    where = prepare()
    run = command(PROGRAM, what, step, 0 if what == "disk" else 1, path, where / "out", *options, cwd=where, env=ENV, fails=True)
    equal((run.status, run.messages), (0, ""), f"status and messages of faults ({run.text.strip()[:300]})")


for name, (path, options, memory, disk) in RUNS.items():
    @case(f"faults-memory-{name}")
    def _():
        give_out("memory", 1 if ALL else memory, path, options)

    if disk:
        @case(f"faults-disk-{name}")
        def _():
            give_out("disk", 64 if ALL else disk, path, options)


@case("faults-limit-of-addresses")
def _():
    """From too little to start with, to enough."""
    if b"__asan_init" in Path(GENPDF).read_bytes():
        raise Skip("a sanitizer reserves terabytes of addresses")
    where = prepare()
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
            check(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), f"half a PDF under {megabytes} MB")
            done += 1
        else:
            equal(data, OLD, f"the old file under {megabytes} MB")
        if done > 2:
            break
        (where / "out" / "out").write_bytes(OLD)
    check(done, "never enough")
    shutil.rmtree(where)


finish()
