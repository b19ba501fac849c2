#!/usr/bin/python3
"""Every message code is provoked by an input, and said as it should be: place, Chinese, English, JSON.

Takes: tests/codes/*.case (its README.md), gen/base/diag.def, genpdf.1.  Gives: ok / not ok lines.
`codes.py regen [NAME…]` shows each difference and writes the expectations anew."""

import difflib
import json
import os
import re
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "expect"))
from cases import BUILD, GENPDF, TOP, Fault, case, check, command, equal, finish, folder  # noqa: E402
from messages import chinese as meanings  # noqa: E402

CODES = TESTS / "codes"
SAYS = {"zh": "--lang=zh", "en": "--lang=en", "json": "--diagnostics=json --lang=en"}
DEF = re.findall(r'^DIAG\((\w+),\s*"([^"]+)",\s*SEVERITY_(\w+),\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\)',
                 (TOP / "gen/base/diag.def").read_text(encoding="utf-8"), re.M)
SEVERITY = {word: "error" if severity == "WORLD" else severity.lower() for _, word, severity, _, _ in DEF}


class Case:
    def __init__(self, path):
        self.path, self.name, self.files, self.script = path, path.name[:-5], {}, []
        self.codes, self.fonts, self.status, self.head, self.cut = [self.name.split(".")[0]], "test", 0, [], False
        where = None
        for row in path.read_text(encoding="utf-8").split("\n")[:-1]:
            marker = re.fullmatch(r"-- (\S+) --", row)
            if marker:
                where = marker[1]
                self.files[where] = ""
            elif where:
                self.files[where] += row + "\n"
            else:
                self.head.append(row)
                self.read(row)
        self.want = {form: self.files.pop(f"want.{form}", None) for form in SAYS}

    def read(self, row):
        if row.startswith("codes: "):
            self.codes = row[7:].split()
        elif row.startswith("fonts: "):
            self.fonts = row[7:].strip()
        elif row == "lists: cut":
            self.cut = True
        elif row.startswith("status "):
            self.status = int(row[7:])
        elif row.startswith("$ "):
            self.script.append(row[2:])

    def run(self, form):
        """What the script says on standard error."""
        here = folder()
        for name, text in self.files.items():
            file = here / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        tool = folder()
        (tool / "genpdf").write_text(f'#!/bin/sh\nexec "{GENPDF}" {SAYS[form]} "$@"\n')
        (tool / "genpdf").chmod(0o755)
        env = {"PATH": f"{tool}:{os.environ['PATH']}", "TOP": TOP, "B": BUILD, "SOURCE_DATE_EPOCH": None}
        if self.fonts == "test":
            env["GENPDF_FONTS"] = BUILD / "testfonts"
        run = command("sh", "-c", "\n".join(self.script), cwd=here, env=env, fails=True)
        equal(run.status, self.status, f"status\n{run.messages}")
        said = run.messages
        for path, word in ((here, "$HERE"), (BUILD, "$BUILD"), (TOP, "$TOP")):
            said = said.replace(str(path), word)
        said = re.sub(r"(HarfBuzz) [\d.]+", r"\1 N", said)
        if self.cut:
            said = re.sub(r'(可用：|块有|行内有|[Tt]here are: |it has: |blocks are|inside of lines)[^\[",，]*?(?= \[|[",，])', r"\1…", said)
        return said if form != "en" else re.sub(r"(?m)^ *\d* \| .*\n", "", said)

    def differs(self, form, said):
        want = self.want[form] or ""
        return list(difflib.unified_diff(want.splitlines(True), said.splitlines(True), f"{self.name} want.{form}", "said", n=1))

    def write(self, said):
        parts = ["\n".join(self.head)] + [f"-- {name} --\n{text}".rstrip("\n") for name, text in self.files.items()]
        parts += [f"-- want.{form} --\n{said[form]}".rstrip("\n") for form in SAYS]
        self.path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def cases(names=()):
    return [Case(p) for p in sorted(CODES.glob("*.case")) if not names or p.name[:-5] in names]


def messages(text):
    return [json.loads(row) for row in text.split("\n")[:-1]]


def regen(names):
    for one in cases(names):
        try:
            said = {form: one.run(form) for form in SAYS}
        except Fault as why:
            print(f"{one.name}: {why}")
            continue
        difference = [row for form in SAYS for row in one.differs(form, said[form])]
        if difference:
            print("".join(difference), end="")
            one.write(said)
        missing = set(one.codes) - {m["code"] for m in messages(said["json"])}
        if missing:
            print(f"{one.name}: NOT SAID: {' '.join(sorted(missing))}")


if sys.argv[1:2] == ["regen"]:
    regen(sys.argv[2:])
    sys.exit()


# ---- the form of a JSON message, as the manual page has it ----

def form_of_manual():
    """{key: set of types}, the keys that may be left out, of `.It Cm key Pq type or type [, optional]`."""
    page = (TOP / "genpdf.1").read_text(encoding="utf-8")
    part = page[page.index(".Sh DIAGNOSTICS"):]
    part = part[:part.index(".Ss ")]
    form, optional = {}, set()
    for keys, types in re.findall(r"^\.It Cm (.+?) Pq (.+)$", part, re.M):
        for key in re.findall(r"\w+", keys.replace(" Cm ", " ")):
            form[key] = {t.strip() for t in re.split(r" or ", types.replace(", optional", ""))}
            optional |= {key} if "optional" in types else set()
    return form, optional


FORM, OPTIONAL = form_of_manual()
TYPES = {"string": lambda v: isinstance(v, str), "boolean": lambda v: isinstance(v, bool),
         "number": lambda v: type(v) is int and v >= 0, "null": lambda v: v is None,
         "array of strings": lambda v: isinstance(v, list) and all(isinstance(x, str) for x in v),
         "object": lambda v: isinstance(v, dict) and list(v) == ["file", "line", "column"]}


def check_form(message):
    keys = [k for k in message if k not in OPTIONAL]
    equal(sorted(keys), sorted(set(FORM) - OPTIONAL), f"keys of {message}")
    check(set(message) <= set(FORM), f"a key that the manual page lacks: {message}")
    for key, value in message.items():
        check(any(TYPES[t](value) for t in FORM[key]), f"{key} is no {' or '.join(sorted(FORM[key]))}: {message}")
    for place in [message] + ([message["other"]] if "other" in message else []):
        nowhere = {place[k] is None for k in ("file", "line", "column")}
        check(len(nowhere) == 1 and all(place[k] is None or place[k] > 0 for k in ("line", "column")), f"place of {message}")
    check(message["message"] and message["message"][-1] not in " :", f"an unfinished sentence: {message}")


@case("codes-json-form-is-documented")
def _():
    check({"file", "line", "column", "severity", "code", "message", "args", "repeats"} <= set(FORM) - OPTIONAL, f"{FORM}")
    check(all(t in TYPES for types in FORM.values() for t in types), f"types: {FORM}")


# ---- every code ----

# No input leads to these: they say that a part of genpdf, or a library below it, failed. Where they are provoked instead.
NO_INPUT = {
    "import-loss": "gen/import/import.c",      # the equation over every import; fuzz_import looks for it
    "record-invalid": "gen/xml/schema.c",      # libxml2 refuses what the walker allows; tests/long/walker.py looks for such records
    "out-pdf": "tests/unit/test_out_pdf.c",    # the library of the back-end refuses
}

@case("codes-each-has-a-case")
def _():
    words = [word for _, word, _, _, _ in DEF]
    check(len(words) > 100 and len(set(words)) == len(words), f"{len(words)} codes")
    covered = {code for one in cases() for code in one.codes}
    lacking = [word for word in words if word not in covered and word not in NO_INPUT]
    for word, path in NO_INPUT.items():
        check(word in words and word not in covered, f"{word} is a case now, or no code any more")
        check("DIAG_" + word.upper().replace("-", "_") in (TOP / path).read_text(encoding="utf-8"), f"{path} does not know {word}")
    check(not lacking, "no tests/codes/NAME.case provokes " + " ".join(lacking))
    unknown = sorted(covered - set(words))
    check(not unknown, "cases of codes that do not exist: " + " ".join(unknown))


for one in cases():
    @case(f"codes-{one.name}")
    def _():
        said = {form: one.run(form) for form in SAYS}
        difference = [row for form in SAYS for row in one.differs(form, said[form])]
        check(not difference, "not what is expected (tests/cases/codes.py regen)\n" + "".join(difference))
        found = messages(said["json"])
        for message in found:
            check_form(message)
            equal(message["severity"], SEVERITY[message["code"]], f"severity of {message['code']}")
        for code in one.codes:
            check(code in {m["code"] for m in found}, f"{code} is not said:\n{said['en']}")
            for lang in "zh", "en":
                check(f"[{code}]" in said[lang] or f"  {code} " in said[lang], f"{code} is not said, {lang}")


# ---- words ----

HAN = "\u3400-\u9fff"


def chinese_words():
    """(where, words) of every Chinese half of a message in the sources."""
    for _, word, _, zh, _ in DEF:
        yield f"diag.def {word}", zh
    for word, zh in meanings():
        yield f"diag.zh {word}", re.sub("`[^`]*`", "", zh)
    for path in sorted((TOP / "gen").rglob("*.c")):
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r'(?:DIAG_TWO|TWO|words_put)\((?:\w+, *)?"((?:[^"\\]|\\.)*)"', text):
            yield f"{path.name}:{text.count(chr(10), 0, found.start()) + 1}", found[1]


@case("codes-chinese-punctuation")
def _():
    """Marks beside ideographs are full-width, and quotation marks are Chinese ones."""
    wrong = []
    for where, words in chinese_words():
        plain = re.sub(r'\\x1f|<[^>]*>|="[^"]*"|\\"[^"\\]*\\"', "", words.replace('\\"', '"') if "=" in words else words)
        if re.search(f"[{HAN}][,;:?!()]|[,;:?!()][{HAN}]", plain) or re.search(rf'[{HAN}]\\?"|\\"[{HAN}]', plain):
            wrong.append(f"{where}: {words}")
    check(not wrong, "\n".join(wrong))


@case("codes-both-languages")
def _():
    for _, word, _, zh, en in DEF:
        equal(sorted(re.findall(r"%\d", zh)), sorted(re.findall(r"%\d", en)), f"arguments of {word}")
        check(not re.search(f"[{HAN}]", en) or "->" in en, f"Chinese in the English words of {word}")
        check(re.search(f"[{HAN}]|%1", zh), f"no Chinese words of {word}")

finish()
