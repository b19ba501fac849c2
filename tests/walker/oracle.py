"""Three opinions on many records: libxml2's, the walker's, jing's.

Takes: a grammar, texts of records; B and TMPDIR; jing from Debian.  Gives: what each says, and faults where they differ."""
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, Fault, check  # noqa: E402

WALK = BUILD / "tests" / "progs" / "walk-record"
PATIENCE = 250      # seconds for all records of a grammar


def write(where, texts):
    """The texts, each once, as files; path -> text."""
    where.mkdir(exist_ok=True)
    files = {}
    for i, text in enumerate(dict.fromkeys(texts)):
        path = where / f"{i:05d}.xml"
        path.write_bytes(text)
        files[str(path)] = text
    return files


def run(*args, statuses=(0,)):
    done = subprocess.run([str(a) for a in args], capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE)
    if done.returncode not in statuses:
        raise Fault(f"{args[0]}: status {done.returncode}: {done.stderr.decode(errors='replace')[:500]}")
    return done.stdout.decode("utf-8", "replace")


def walk(grammar, paths):
    """path -> (libxml2, walker, number of messages)"""
    said = {}
    for line in run(WALK, grammar, *paths).splitlines():
        path, judge, walker, n = line.rsplit(" ", 3)
        said[path] = judge, walker, int(n)
    return said


def jing(grammar, paths):
    """Those that jing refuses."""
    check(shutil.which("jing"), "no jing (Debian: apt-get install jing)")
    lines = run("jing", grammar, *paths, statuses=(0, 1)).splitlines()
    strange = [line for line in lines if not line.startswith(tuple(paths))]
    check(not strange, f"jing: {strange[:3]}")
    return {line.split(".xml:")[0] + ".xml" for line in lines}


def compare(grammar, files, least, same_judge=True):
    """Walker and jing agree on every record (with libxml2 too, unless it is known to err); each no has a message.
    least: so many must be refused, and so many allowed."""
    said, refused = walk(grammar, files), jing(grammar, files)
    check(len(said) == len(files), f"{len(said)} answers for {len(files)} records")
    faults = []
    for path, text in files.items():
        judge, walker, n = said[path]
        wanted = "no" if path in refused else "yes"
        if walker != wanted or (judge != wanted and same_judge) or (n > 0) != (walker == "no"):
            faults.append(f"libxml2 {judge}, walker {walker} with {n} messages, jing {wanted}: {text[-300:].decode()}")
    check(not faults, f"{len(faults)} of {len(files)}\n" + "\n".join(faults[:10]))
    check(least <= len(refused) <= len(files) - least, f"{len(refused)} of {len(files)} refused")
