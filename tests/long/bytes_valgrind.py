#!/usr/bin/python3
"""Equal bytes under valgrind, where every address is another one and what was never written is reported: each profile of a record,
a table, and the list of a third.

Takes: GENPDF, records/, valgrind.  Gives: ok / not ok / skip lines."""

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import GENPDF, TOP, case, check, equal, finish, folder, genpdf  # noqa: E402

tmp = folder()
RUNS = [("monthly-plan-2031-06", [f"--profile={p}"]) for p in ("a2a", "a2u", "a3a", "plain")] + [
    ("monthly-plan-2031-06", ["--draft"]), ("responsibility-table-2032-04", []), ("chronicle-2032-h1", []), ("bulletin-2032-12", [])]

for name, options in RUNS:
    @case(f"bytes-valgrind-{name}{''.join(options)}")
    def _():
        check(shutil.which("valgrind"), "no valgrind (Debian: valgrind)")
        record, out = TOP / "records" / f"{name}.xml", tmp / "out.pdf"
        want = genpdf(record, "-o", "-", *options).out
        run = subprocess.run(["valgrind", "-q", "--error-exitcode=99", "--leak-check=no", GENPDF, str(record), "-o", str(out), *options],
                             capture_output=True, timeout=1500)
        said = [line for line in run.stderr.decode("utf-8", "replace").split("\n") if line.startswith("==")]
        equal((run.returncode, said), (0, []), "valgrind")
        check(out.read_bytes() == want, f"{out.stat().st_size} and {len(want)} bytes differ")

finish()
