"""What the cases about imports share: a text imported, with what holds for every import; and what came out, compared.

Takes: GENPDF, records/schema/.  Gives: run_import() made_of() check_valid() lines_of() same_rows() check_told() check_survives(); the files of the last import: DRAFT
RECORD REPORT, in the folder `tmp`, which the cases may use too."""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "import"))
import equation  # noqa: E402
from cases import TOP, Fault, check, command, equal, folder, genpdf  # noqa: E402

tmp = folder()
DRAFT, RECORD, REPORT = (tmp / name for name in ("draft.txt", "record.xml", "report.txt"))


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def import_once(text, *args, lang="zh"):
    """(run, record, report); record and report None when it is refused. The equation holds in every case."""
    RECORD.unlink(missing_ok=True)
    DRAFT.write_bytes(as_bytes(text))
    run = genpdf("import", DRAFT, "-o", RECORD, "--report", REPORT, "--lang", lang, *args, fails=True)
    if run.status:
        check(not RECORD.exists(), "refused, but there is a record")
        return run, None, None
    made, said = RECORD.read_bytes(), REPORT.read_bytes().decode()
    why = equation.fault(as_bytes(text), made, said)
    check(not why, f"equation: {why}")
    return run, made, said


def run_import(text, *args, lang="zh"):
    """(record, report) of a text; (None, run) when it is refused."""
    run, made, said = import_once(text, *args, lang=lang)
    return (None, run) if made is None else (made, said)


def made_of(text, *args):
    """(record, report) of a text that must not be refused."""
    record, said = run_import(text, *args)
    check(record is not None, said)
    return record, said


def lint(record, kind):
    """xmllint about a record, by the schema of a kind."""
    return command("xmllint", "--nonet", "--noout", "--relaxng", TOP / "records" / "schema" / f"{kind}.rng", record, fails=True)


def check_valid(name=""):
    """The record of the last import follows the schema of its kind."""
    run = lint(RECORD, ET.parse(RECORD).getroot().get("kind"))
    check(not run.status, f"{name}: {run}")


def lines_of(report, word):
    """Lines at which the report has a decision or remark of this word; None when it has none."""
    row = re.search(rf"^(\d+)  {word} .*$", report, re.M)
    if not row:
        return None
    listed = re.search(r"第 ([\d、]+)(?: …)? 行）$", row[0])
    return [int(n) for n in listed[1].split("、")] if listed else [int(row[1])]


def same_rows(got, want):
    """Two lists of lines are the same, blanks around each apart; the first that is not is said."""
    for n in range(max(len(got), len(want))):
        g, w = (rows[n].strip() if n < len(rows) else "(nothing)" for rows in (got, want))
        if g != w:
            raise Fault(f"part {n + 1} is {g!r}, expected {w!r}")


def check_told(name, text, want, codes, flat, *args):
    """A text of tests/import/irregular*.py: its record as lines, and where the report has which decisions. One line: the code by which
    it is refused."""
    record, said = run_import(text, *args)
    if len(want) == 1:
        check(record is None and f"[{want[0]}]" in said.messages, f"expected [{want[0]}]: {said}")
        return
    check(record is not None, said)
    check_valid(name)
    same_rows(flat(record), want)
    for word, lines in codes.items():
        equal(lines_of(said, word), lines, word)


def check_survives(name, text, kinds):
    """Whatever stands in a text: a valid record of each kind, unless it is empty."""
    for kind in kinds:
        record, run = run_import(text, "--kind", kind)
        if record is None:
            check("[import-empty]" in run.messages, f"{name}: {run}")
        else:
            check_valid(f"{name} {kind}")
