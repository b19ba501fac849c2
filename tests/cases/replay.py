#!/usr/bin/python3
"""What the fuzzers found once, and a part of their seeds, through the fuzz targets again (tests/fuzz/README.md): no promise is broken.
Under the sanitizers (make asan) nothing else is either.

Takes: B/tests/fuzz/*, tests/fuzz/cases.  Gives: ok / not ok lines."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
import cases  # noqa: E402
from cases import BUILD, TOP, case, check, command, finish, folder  # noqa: E402

cases.LIMIT = 200
SEEDS = 12      # of each target
FUZZ = TOP / "tests" / "fuzz"
ENV = {"GENPDF_HOME": TOP, "GENPDF_FONTS": BUILD / "testfonts"}
targets = sorted(p.stem[len("fuzz_"):] for p in FUZZ.glob("fuzz_*.c"))
made = folder()
command(sys.executable, FUZZ / "make.py", made)

for target in targets:
    @case(f"replay-{target}")
    def _():
        seeds = sorted((made / target).iterdir())
        check(seeds, "no seeds")
        inputs = [*sorted((FUZZ / "cases" / target).glob("*")), *seeds[::max(1, len(seeds) // SEEDS)]]
        run = command(BUILD / "tests" / "fuzz" / target, *inputs, env=ENV)
        check(run.text.count("\n") == len(inputs), f"stopped after {run.text.splitlines()[-1:]}")


@case("replay-every-case")
def _():
    """No case lies where nothing runs it."""
    for path in (FUZZ / "cases").iterdir():
        check(path.name in targets and any(path.iterdir()), f"{path.name} is of no target, or empty")


finish()
