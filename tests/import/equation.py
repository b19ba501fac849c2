"""Text equation (b) of an import, checked from outside: the source is what the record says plus what was left out.

Takes: a text, the record made of it and the report.  Gives: the first difference, or nothing (status 0).
Over all characters but white space, in order, each once: source = element text and as-written @number @marker @label
of the record in document order + the report's `dropped LINE COLUMN CODE CHARACTERS` entries at their places.

  equation.py TEXT RECORD REPORT
"""
import re
import sys
import xml.etree.ElementTree as ET

MARKS = ("number", "marker", "label")


def said(e, marks=MARKS, omit=()):
    """Pieces of text in reading order: element text, and the marks asked for; elements of the names in omit say nothing."""
    if e.tag in omit:
        return
    own = [e.get(m) for m in marks if e.get(m) is not None]
    if len(own) > 1:
        raise ValueError(f"<{e.tag}> has {len(own)} marks")
    yield from own
    if e.tag == "tasks":
        yield from table_said(e, marks, omit)
        return
    yield e.text or ""
    for kid in e:
        yield from said(kid, marks, omit)
        yield kid.tail or ""


def table_said(tasks, marks, omit):
    """A table of tasks is read row by row, in a row by columns as <columns> lists them; a theme with a column of its own is
    read in the row of its first task (records/schema/tasks.rng)."""
    columns = [column.tag for column in tasks.find("columns")]
    rows, theme = [], []
    for kid in tasks:
        if kid.tag == "task":
            rows.append((kid, []))
        elif kid.tag == "theme":
            theme = [kid.get(m) for m in marks if kid.get(m) is not None] + list(said(kid.find("name"), marks, omit))
            if "theme" not in columns:
                rows.append((theme, None))
                theme = []
            for task in kid.findall("task"):
                rows.append((task, theme))
                theme = []
        else:
            rows.append((list(said(kid, marks, omit)), None))
    for row, theme in rows:
        yield from row if theme is None else row_said(row, theme, columns, marks, omit)


def row_said(task, theme, columns, marks, omit):
    extras = task.findall("extra")
    for column in columns:
        if column == "number":
            yield task.get("number", "") if "number" in marks else ""
        elif column == "theme":
            yield from theme
        elif column in ("lead-unit", "unit", "cooperating-unit", "person", "leader"):
            for group in task.findall("assignment") + task.findall("for-all"):
                for n, who in enumerate(group):
                    if who.tag == column:
                        yield (group.text or "") if n == 0 else ""
                        yield from said(who, marks, omit)
                        yield who.tail or ""
        else:
            for cell in task.findall("p") if column == "task" else extras[:1] if column == "extra" else task.findall(column):
                yield from said(cell, marks, omit)
            extras = extras[1:] if column == "extra" else extras


def dropped(report):
    """(line, column, characters), both from 1."""
    for row in report.split("\n"):
        if row.startswith("dropped "):
            _, line, column, _, characters = row.split(" ", 4)
            characters = re.sub(r"\\u\{([0-9A-F]+)\}", lambda m: chr(int(m[1], 16)), characters)
            yield int(line), int(column), characters


def changed(report):
    """(line, column, from, to) of normalised characters."""
    for row in report.split("\n"):
        if row.startswith("changed "):
            _, line, column, _, old, new = row.split(" ")
            yield int(line), int(column), old, new


def without_syntax(left, right, syntax):
    """Of CSV, delimiters and quotes may be missing in the record, and nothing else."""
    out = []
    for i, c in left:
        if c not in syntax or right[len(out):len(out) + 1] == [c]:
            out.append((i, c))
    return out


def fault(text, record, report):
    """text, record: bytes; report: str. A sentence, or ''."""
    source = text.decode("utf-8-sig")
    lines = re.split(r"\r\n|\r|\n", source)
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line)
        at += 2 if source[at:at + 2] == "\r\n" else 1
    for line, column, old, new in changed(report):
        at = starts[line - 1] + column - 1
        if source[at] != old or len(new) != 1:
            return f"changed entry {line}:{column} is not in the source: {old!r}"
        source = source[:at] + new + source[at + 1:]
    kept = list(source)
    for line, column, characters in dropped(report):
        at = starts[line - 1] + column - 1
        if source[at:at + len(characters)] != characters:
            return f"dropped entry {line}:{column} is not in the source: {characters!r}"
        for i in range(at, at + len(characters)):
            if kept[i] is None:
                return f"dropped twice: {line}:{column}"
            kept[i] = None
    left = [(i, c) for i, c in enumerate(kept) if c is not None and not c.isspace()]
    right = [c for c in "".join(said(ET.fromstring(record))) if not c.isspace()]
    syntax = re.search(r"^\d+  import-csv .*?「(.)」", report, re.M)
    if syntax:
        left = without_syntax(left, right, {syntax[1], '"'})
    for n, (i, c) in enumerate(left):
        if n >= len(right) or right[n] != c:
            line = source.count("\n", 0, i) + 1
            return f"line {line}: source has {source[i:i + 12]!r}, record {''.join(right[n:n + 12])!r}"
    return f"record has more: {''.join(right[len(left):])[:20]!r}" if len(right) > len(left) else ""


def main(argv):
    if len(argv) != 3:
        sys.exit(__doc__)
    text, record = (open(p, "rb").read() for p in argv[:2])
    why = fault(text, record, open(argv[2], encoding="utf-8", newline="\n").read())
    if why:
        sys.exit(why)


if __name__ == "__main__":
    main(sys.argv[1:])
