#!/usr/bin/python3
"""Nothing is skipped where the packages that the Makefile lists are installed: what may be skipped, and why, stands here.

Takes: the sources of the tests.  Gives: ok / not ok lines."""

import re
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "expect"))
from cases import case, check, equal, finish  # noqa: E402

NO_SHARED = "the published documents and checkers are not part of the project"
SANITIZER = "a sanitizer takes terabytes of addresses, or opens files of its own: `make asan` only"
MAY = {
    "cases/bytes.py": (1, "only root can become another user: of one who is not root there is nothing to see"),
    "cases/ci.py": (1, "somebody runs it by hand with another program than the build's; `make test` never does"),
    "cases/commands.py": (1, NO_SHARED),
    "cases/faults.py": (1, SANITIZER),
    "cases/fonts.py": (1, "Debian mended a font since fonts.xml was written: not ours, and pages may stay the same"),
    "cases/import.py": (2, NO_SHARED),
    "cases/import_kinds.py": (1, NO_SHARED),
    "cases/import_official.py": (1, NO_SHARED),
    "cases/pdfa_checker.py": (1, NO_SHARED),
    "cases/published.py": (1, NO_SHARED),
    "cases/readme.py": (1, "an office's own licensed fonts are installed, so the pictures rightly look otherwise"),
    "cases/responsibility.py": (1, NO_SHARED),
    "cases/strace.py": (1, "the kernel or the container lets no process be traced; or " + SANITIZER),
    "cases/wrap_reference.py": (1, NO_SHARED),
    "long/readers.py": (1, "npm does not reach its registry"),
    "long/verify_bomb.py": (1, SANITIZER),
}
# What says so: an exception of cases.py, a line printed, cmocka's call.
SAYS = re.compile(r"""raise Skip\(|(?:print|echo) ?\(?f?["']skip |\bskip\(\);|pytest|SkipTest""")
OWN = {"cases/skips.py", "cases/harness.sh", "expect/cases.py", "rivals/rivals.py"}      # that speak of it; a table for readers


@case("skips-are-those-listed")
def _():
    found = {}
    for path in sorted(TESTS.rglob("*")):
        name = str(path.relative_to(TESTS))
        if path.suffix in (".py", ".sh", ".c", ".h", ".mjs") and name not in OWN:
            n = len(SAYS.findall(path.read_text(encoding="utf-8")))
            found.update({name: n} if n else {})
    equal(found, {name: n for name, (n, _) in MAY.items()}, "skips by file")


@case("skips-are-noticed")
def _():
    for line in ('raise Skip("x")', "print('skip x')", 'print(f"skip {x}")', "echo 'skip x'; exit 0", "\t\tskip();"):
        check(SAYS.search(line), f"not seen: {line}")


finish()
