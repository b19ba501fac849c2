#!/usr/bin/python3
"""Ten times as many places take ten times as long, not a hundred: the line and column of a place are found by an index.

Takes: GENPDF.  Gives: ok / not ok lines. Processor time of genpdf, the least of three runs; a quadratic search would be near 100."""

import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, case, check, finish, folder, genpdf  # noqa: E402

MOST = 35                      # times the time for ten times the places; 10 and what starting takes is right
FEW, MANY = 1500, 15000
tmp = folder()


def seconds(*args):
    """Processor seconds, and the run."""
    least, run = None, None
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = genpdf(*args, env={"GENPDF_FONTS": BUILD / "testfonts"}, fails=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        least = used if least is None else min(least, used)
    return least, run


def ratio(make, args, count):
    few, many = (tmp / f"{n}.txt" for n in (FEW, MANY))
    few.write_text(make(FEW), encoding="utf-8")
    many.write_text(make(MANY), encoding="utf-8")
    (short, first), (long, second) = (seconds(*args(path)) for path in (few, many))
    for run, n in (first, FEW), (second, MANY):
        check(count(run) >= n, f"{count(run)} places of {n}")
    check(long < MOST * max(short, 0.02), f"{long / max(short, 0.02):.0f} times the time: {short:.3f} s and {long:.3f} s")


def draft(lines):
    """A text with a decision in each of its items."""
    def make(n):
        return "2032年8月工作小结\n一、8月工作小结\n" + lines(n)
    return make


def record(between):
    def make(n):
        items = between.join(f'<item number="{i}."><p>检修泵站。</p></item>' for i in range(1, n + 1))
        return ('<record kind="monthly-plan" version="1" xml:lang="zh-Hans"><title>计划</title><body><section number="一、">'
                f'<heading>防汛</heading>{items}</section></body></record>\n')
    return make


@case("many-messages-of-a-report")
def _():
    ratio(draft(lambda n: "".join(f"{i}.检修 “泵站” 一座。\n" for i in range(1, n + 1))),
          lambda path: ("import", path, "-o", "/dev/null", "--diagnostics=json"), lambda run: run.messages.count('"code"'))


for name, between in ("lines", "\n"), ("line", ""):
    @case(f"many-places-of-a-stage-on-{name}")
    def _():
        """A record of many lines, and one of a single line: columns are found by the index as well."""
        ratio(record(between), lambda path: ("--stop=doc", path), lambda run: run.text.count("\n    p style=") + run.text.count(" p style=item"))

finish()
