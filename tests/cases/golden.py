#!/usr/bin/python3
"""Golden dumps of every stage with the tiny test fonts, and what is meant by them.

Takes: tests/golden/NAME/{record.xml,expect,STAGE.dump} (tests/golden/README.md).  Gives: ok / not ok lines.
`golden.py regen [NAME]` shows each difference, replaces the dump, and says which expectations fail."""

import ast
import difflib
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "expect"))
from cases import BUILD, TOP, Fault, case, check, finish, genpdf  # noqa: E402
from pages import Pages, faults  # noqa: E402

GOLDEN = TESTS / "golden"
STAGES = ("record", "layout", "doc", "vlist", "list", "text", "runs")
EM, PT = 25.4 / 72, 25.4 / 72


def near(a, b, tolerance=0.002):
    """Equal to what three decimals of a dump can show."""
    return abs(a - b) <= tolerance


class Case:
    def __init__(self, folder):
        self.folder, self.name = folder, folder.name
        self.layout, self.stages, self.expects = "monthly-plan", STAGES, []
        for number, row in enumerate((folder / "expect").read_text(encoding="utf-8").split("\n"), 1):
            word, _, rest = row.partition(" ")
            if word == "layout":
                self.layout = rest
            elif word == "stages":
                self.stages = rest.split()
            elif word == "expect":
                self.expects.append((number, rest.strip()))
            elif row.strip() and not row.startswith("#"):
                raise SystemExit(f"{folder.name}/expect:{number}: neither layout, stages, expect nor #: {row}")
        self.made = {}

    def dump(self, stage):
        """(text, messages) of a stage; in the case's folder, so that no path of the machine gets into it."""
        if stage not in self.made:
            run = genpdf(f"--stop={stage}", "record.xml", "-l", self.layout, cwd=self.folder,
                         env={"GENPDF_FONTS": BUILD / "testfonts"})
            self.made[stage] = run.text, run.messages
        return self.made[stage]

    def differs(self, stage):
        """Lines of the difference, or nothing."""
        file = self.folder / f"{stage}.dump"
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        if old == self.dump(stage)[0]:
            return []
        return list(difflib.unified_diff(old.split("\n"), self.dump(stage)[0].split("\n"), f"{self.name}/{stage}.dump", "made now",
                                         n=1, lineterm=""))

    def words(self):
        words = Pages(self.dump("list")[0]).words()
        return {"__builtins__": {}, **words, "near": near, "PT": PT, "stage": lambda stage: self.dump(stage)[0], "set": set, "len": len,
                "messages": lambda: self.dump("list")[1], "sum": sum, "max": max, "min": min, "range": range, "round": round}

    def failed(self):
        """A sentence for each expectation that does not hold."""
        words = self.words()
        for number, expression in self.expects:
            where = f"{self.name}/expect:{number}: {expression}"
            try:
                if not eval(expression, dict(words)):
                    yield f"{where}\n    " + "\n    ".join(values(expression, words))
            except (LookupError, SyntaxError, NameError, TypeError) as why:
                yield f"{where}\n    {type(why).__name__}: {why}"


def values(expression, words):
    """What each call in an expression gives."""
    for node in ast.walk(ast.parse(expression, mode="eval")):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id not in ("near", "stage"):
            source = ast.unparse(node)
            try:
                yield f"{source} is {eval(source, dict(words))!r}"[:300]
            except (LookupError, NameError, TypeError) as why:
                yield f"{source}: {why}"


def cases():
    return [Case(file.parent) for file in sorted(GOLDEN.glob("*/expect"))]


def regen(names):
    failed = 0
    for golden in cases():
        if names and golden.name not in names:
            continue
        for stage in golden.stages:
            difference = golden.differs(stage)
            if difference:
                print("\n".join(difference))
                if sys.stdin.isatty() and input(f"replace {golden.name}/{stage}.dump? [y/N] ").strip().lower() != "y":
                    continue
                (golden.folder / f"{stage}.dump").write_text(golden.dump(stage)[0], encoding="utf-8")
        for why in golden.failed():
            failed += 1
            print(f"does not hold: {why}")
    for file in GOLDEN.glob("*/*.dump"):
        if file.stem not in next((g.stages for g in cases() if g.folder == file.parent), ()):
            print(f"no case makes {file.relative_to(TOP)}")
    sys.exit(1 if failed else 0)


if sys.argv[1:2] == ["regen"]:
    regen(sys.argv[2:])

for golden in cases():
    for stage in golden.stages:
        @case(f"golden-{golden.name}-{stage}")
        def _():
            difference = golden.differs(stage)
            if difference:
                shown = difference[:40] + ["…"] * (len(difference) > 40)
                raise Fault("differs from the golden dump (make regen)\n" + "\n".join(shown))

    @case(f"golden-{golden.name}-meant")
    def _():
        why = list(golden.failed())
        check(golden.expects, "nothing is meant by it")
        check(not why, f"{len(why)} of {len(golden.expects)} expectations fail\n" + "\n".join(why))

    @case(f"golden-{golden.name}-sound")
    def _():
        why = list(faults(Pages(golden.dump("list")[0])))
        check(not why, "\n".join(why))

for record in sorted((TOP / "records").glob("monthly-plan-*.xml")):
    for layout in ("monthly-plan", "monthly-plan-9704"):
        for fonts in ("test", "own"):
            @case(f"golden-sound-{record.stem}-{layout}-{fonts}")
            def _():
                env = {"GENPDF_FONTS": BUILD / "testfonts"} if fonts == "test" else {}
                run = genpdf("--stop=list", record, "-l", layout, env=env)
                why = list(faults(Pages(run.text), 1 if fonts == "test" else 0.5))
                check(not why and not run.messages, "\n".join(why) + run.messages)

finish()
