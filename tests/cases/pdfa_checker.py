#!/usr/bin/python3
"""The checker of the shared tools, where that is present, on every PDF: PDF/A-2a, PDF/UA-1; PDF/A-3a of every record in the layout
of its kind.

Takes: GENPDF, GENPDF_SHARED, records/, layouts/, build/testfonts.  Gives: ok / not ok / skip lines."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import SHARED, Skip, case, check, command, finish  # noqa: E402
from made import ALL, REAL, kind_of  # noqa: E402

CHECKER = SHARED / "tools" / "pdfa-check"
AT_ONCE = 4                 # files: most of a short run is its start
OWN_LAYOUT = [made for made in REAL if made.layout == kind_of(made.record)]

for flavour, options, all_made in (("2a", (), ALL), ("ua1", (), ALL), ("3a", ("--profile=a3a",), OWN_LAYOUT)):
    said = {}
    for at, made in enumerate(all_made):
        @case(f"pdfa-{flavour}-{made.name}")
        def _():
            if not CHECKER.exists():
                raise Skip("no pdfa-check of the shared tools")
            if at % AT_ONCE == 0:
                paths = {str(m.pdf(*options)): m.name for m in all_made[at:at + AT_ONCE]}
                for line in command("/usr/bin/python3", CHECKER, "-f", flavour, *paths, fails=True).text.split("\n"):
                    path = next((p for p in paths if p in line), None)
                    if path:
                        said.setdefault(paths[path], []).append(line)
            lines = said.get(made.name, ["nothing was said"])
            check(len(lines) == 1 and lines[0].startswith("PASS"), lines[:5])

finish()
