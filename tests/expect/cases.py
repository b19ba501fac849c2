"""What the end-to-end cases share: running genpdf, and saying how a case went.

Takes: GENPDF B PYTHON TMPDIR GENPDF_SHARED as tests/run.sh gives them; works by hand from the top folder too.
Gives: `ok NAME`, `not ok NAME reason`, `skip NAME reason`; details of a failure on lines of their own."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BUILD = (TOP / os.environ.get("B", "build")).resolve()
GENPDF = os.environ.get("GENPDF", str(BUILD / "genpdf"))
SHARED = Path(os.environ.get("GENPDF_SHARED", TOP.parent / "shared"))
# Seconds; one run takes a fraction of one, under the sanitizers (make asan) ten times that, beside others.
LIMIT = 240 if os.environ.get("SAN") else 30

failed = 0


class Fault(Exception):
    pass


class Skip(Exception):
    pass


class Run:
    def __init__(self, args, status, out, err):
        self.args, self.status, self.out, self.err = args, status, out, err
        self.text, self.messages = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def __str__(self):
        said = self.messages.rstrip().split("\n")
        shown = [f"{' '.join(self.args)} -> status {self.status}"] + said[:6] + ["…"] * (len(said) > 6)
        return "\n".join(shown)


def folder():
    """A new folder, removed at the end."""
    path = Path(tempfile.mkdtemp(prefix="e2e-"))
    atexit.register(shutil.rmtree, path, True)
    return path


def copy_for_everybody():
    """Program, layouts, schemas and test fonts where every user can read them, also when the checkout is root's own.
    Gives: a folder, the program, changes to the environment."""
    where = Path(tempfile.mkdtemp(prefix="e2e-", dir="/tmp"))
    atexit.register(shutil.rmtree, where, True)
    for part in ("layouts", "records/schema", "fonts"):
        shutil.copytree(TOP / part, where / "home" / part)
    shutil.copytree(BUILD / "testfonts", where / "testfonts")
    program = shutil.copy(GENPDF, where / "genpdf")
    subprocess.run(["chmod", "-R", "a+rX", where], check=True)
    return where, program, {"GENPDF_HOME": where / "home", "GENPDF_FONTS": where / "testfonts", "HOME": "/nowhere"}


def command(*args, stdin=None, env=None, cwd=TOP, fails=False, **more):
    """Run a program. env: changes to the environment, None = unset. A status other than 0 is a fault unless `fails`."""
    around = dict(os.environ)
    for key, value in (env or {}).items():
        around.pop(key, None)
        if value is not None:
            around[key] = str(value)
    args = [str(a) for a in args]
    given = {"stdin": subprocess.DEVNULL} if stdin is None else {} if "stdin" in more else {"input": stdin}
    try:
        p = subprocess.run(args, stdout=more.pop("stdout", subprocess.PIPE), stderr=subprocess.PIPE, env=around, cwd=cwd,
                           timeout=LIMIT, **given, **more)
    except subprocess.TimeoutExpired:
        raise Fault(f"still running after {LIMIT} seconds: {' '.join(args)}")
    run = Run(args, p.returncode, p.stdout or b"", p.stderr)
    if run.status < 0 or run.status > 100:
        raise Fault(f"ended by signal or abort: {run}")
    if run.status and not fails:
        raise Fault(f"failed: {run}")
    return run


def genpdf(*args, **more):
    return command(GENPDF, *args, **more)


def check(condition, reason):
    if not condition:
        raise Fault(str(reason))


def equal(got, want, what):
    if got != want:
        raise Fault(f"{what}: {got!r}, expected {want!r}")


def case(name):
    """Runs the function under it as the case `name`, at once."""
    def run(function):
        global failed
        try:
            function()
            print(f"ok {name}", flush=True)
        except Skip as why:
            print(f"skip {name} {why}", flush=True)
        except (Fault, OSError, ValueError, KeyError, IndexError, AttributeError, TypeError, subprocess.SubprocessError) as why:
            failed += 1
            first, *rest = (str(why) if isinstance(why, Fault) else f"{type(why).__name__}: {why}").split("\n")
            print(f"not ok {name} {first}", *("  " + line for line in rest), sep="\n", flush=True)
        return function
    return run


def finish():
    sys.exit(1 if failed else 0)
