#!/usr/bin/python3
"""Other programs read every PDF without a word: qpdf, ghostscript, mutool.

Takes: GENPDF, records/, layouts/, build/testfonts.  Gives: ok / not ok / skip lines."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import case, check, command, equal, finish  # noqa: E402
from made import ALL  # noqa: E402

for made in ALL:
    @case(f"pdfa-readers-{made.name}")
    def _():
        pdf = made.pdf()
        run = command("qpdf", "--check", pdf)
        check("WARNING" not in run.messages + run.text, run)
        gs = command("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage", pdf)
        equal(gs.text + gs.messages, "", "ghostscript says")
        said = command("mutool", "draw", "-q", "-F", "txt", "-o", "/dev/null", pdf).messages.splitlines()
        # Debian's mutool is built without colour management and says so of every output intent.
        equal([line for line in said if "ICC support is not available" not in line], [], "mutool says")

finish()
