#!/usr/bin/python3
"""genpdf fonts: the roles and their files; which fonts a record takes, how much stands in each, what is missing where.

Takes: GENPDF, records/, build/testfonts.  Gives: ok / not ok lines."""

import re
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import BUILD, TOP, case, check, equal, finish, folder, genpdf  # noqa: E402

RECORD = TOP / "records" / "monthly-plan-2031-06.xml"
TINY = {"GENPDF_FONTS": BUILD / "testfonts"}
NS = "{urn:genpdf:fonts}"
LINE = re.compile(r"^  ([-* ]) (.+?)(?:: |：)(.+?)(?:(?:, |，)(.*))?$")


def blocks(text):
    """Heads with the family lines below them, as (mark, name, rest)."""
    out = []
    for row in text.splitlines():
        m = LINE.match(row)
        if m:
            out[-1][1].append((m[1], m[2], m[3]))
        else:
            out.append((row, []))
    return out


def section(text, head):
    """Rows below a head line, up to the next one that is not indented."""
    rows = text.splitlines()
    at = rows.index(head) + 1
    end = next((i for i in range(at, len(rows)) if not rows[i].startswith("  ")), len(rows))
    return [row.strip() for row in rows[at:end]]


@case("fontlist-roles")
def _():
    """Every role of fonts.xml, its families in order, the first that is there marked."""
    root = ET.parse(TOP / "fonts" / "fonts.xml").getroot()
    families = {f.get("id"): f for f in root.iter(NS + "family")}
    run = genpdf("fonts", "--lang=en")
    equal(run.messages, "", "messages")
    got = blocks(run.text)
    roles = list(root.iter(NS + "role"))
    equal([h for h, _ in got], [" ".join(filter(None, ["role", r.get("name"), r.get("label"), r.get("lang")])) for r in roles], "roles")
    for role, (head, lines) in zip(roles, got):
        want = [families[u.get("family")] for u in role]
        equal([n for _, n, _ in lines], [f.get("name") for f in want], f"families of {head}")
        there = [m != "-" for m, _, _ in lines]
        equal([m == "*" for m, _, _ in lines], [t and not any(there[:i]) for i, t in enumerate(there)], f"what is taken of {head}")
        for f, (mark, _, rest) in zip(want, lines):
            check(rest == f.get("file") if mark == "-" else Path(rest).name == f.get("file") and Path(rest).exists(), f"{head}: {rest}")
    check("absent, an office's own" in run.text and "OFL-1.1" in run.text, "absence or licences are not told")
    chinese = genpdf("fonts", "--lang=zh").text
    check("角色 fangsong 仿宋" in chinese and "没有此文件，单位自有" in chinese, chinese[:200])
    equal([(h.split()[1:], [line[:2] for line in lines]) for h, lines in blocks(chinese)],
          [(h.split()[1:], [line[:2] for line in lines]) for h, lines in got], "the list in Chinese")


@case("fontlist-of-a-record")
def _():
    """All that stands on the pages is counted in some font; each font taken is one of a face that is used."""
    for env in ({}, TINY):
        run = genpdf("fonts", RECORD, "--lang=en", env=env)
        equal(run.messages, "", "messages")
        counts = [row.split("  ") for row in section(run.text, "characters")]
        text = genpdf("--stop=text", RECORD, env=env).text
        equal(sum(int(n) for n, _, _ in counts), len(re.sub(r"[ \n\f]", "", text)), "characters on the pages")
        taken = {rest for head, lines in blocks(run.text) for mark, _, rest in lines if mark == "*"}
        equal({path for _, _, path in counts}, taken, "fonts with characters, and fonts taken")
        equal(run.text.splitlines()[-1], "missing: nothing", "the last line")
        heads = [head for head, _ in blocks(run.text)]
        check("face fangsong, role fangsong" in heads and "face kaiti, role kaiti" in heads, f"faces: {heads}")
        check("faces not used: songti" in heads, "an unused face is not told")
    used = {f.split()[2] for f in re.findall(r"^font .*$", genpdf("--stop=list", RECORD, env=TINY).text, re.M)}
    run = genpdf("fonts", RECORD, "--lang=en", env=TINY)
    equal({name for _, name, _ in (row.split("  ") for row in section(run.text, "characters"))}, used, "fonts of the list")
    check("缺字：无" in genpdf("fonts", RECORD, "--lang=zh", env=TINY).text, "no Chinese")
    equal(genpdf("fonts", RECORD, env=TINY).text, genpdf("fonts", RECORD, env=TINY).text, "two runs")


@case("fontlist-missing")
def _():
    """Every place of every missing character, as written; the run fails as usual, the list is there all the same."""
    where = folder()
    source = RECORD.read_text(encoding="utf-8").replace("排查山洪", "排查龘山&#x9F98;洪靐", 1).replace("<title>", "<title>龘", 1)
    (where / "bad.xml").write_text(source, encoding="utf-8")

    def place(mark, after=0):
        at = source.index(mark, after)
        return f"bad.xml:{source.count(chr(10), 0, at) + 1}:{at - source.rfind(chr(10), 0, at)}"

    run = genpdf("fonts", "bad.xml", "--lang=en", cwd=where, env=TINY, fails=True)
    equal(run.status, 2, "status")
    equal(run.messages.count("[glyph-missing]"), 2, "messages")
    title, first = source.index("龘"), source.index("排查龘")
    equal(section(run.text, "missing"), [
        f"龘 U+9F98 xiaobiaosong {place('龘', title)}",
        f"龘 U+9F98 fangsong {place('龘', first)} {place('&#x9F98;')}",
        f"靐 U+9750 fangsong {place('靐')}"], "what is missing")
    total = len(re.sub(r"[ \n\f]", "", genpdf("--stop=text", "--draft", "bad.xml", cwd=where, env=TINY).text))
    drawn = sum(int(row.split()[0]) for row in section(run.text, "characters"))
    check(drawn <= total - 4, f"{drawn} of {total} characters: missing ones are counted")


@case("fontlist-substituted")
def _():
    """A role whose own families are absent is set in another's: a warning, and seen in the list."""
    where = folder()
    shutil.copytree(BUILD / "testfonts", where, dirs_exist_ok=True)
    text = (where / "fonts.xml").read_text(encoding="utf-8")
    check('<role name="kaiti"' in text, "the test fonts have no role kaiti")
    gone = '<family id="gone" name="Gone Kai" file="nowhere.ttf"/>\n<role name="kaiti"><use family="gone"/></role>'
    (where / "fonts.xml").write_text(re.sub(r'<role name="kaiti".*?</role>', gone, text, count=1, flags=re.S), encoding="utf-8")
    run = genpdf("fonts", RECORD, "--lang=en", env={"GENPDF_FONTS": where})
    check(re.search(r'layout\.xml:\d+:\d+: warning: no family of the face role "kaiti" is present \(listed: Gone Kai\); set in '
                    r'Genpdf Tiny A \[font-substituted\]', run.messages), run.messages)
    check("face kaiti, role kaiti\n  - Gone Kai: nowhere.ttf, absent\n" in run.text, run.text)
    equal(genpdf(RECORD, "-o", where / "x.pdf", "--strict", env={"GENPDF_FONTS": where}, fails=True).status, 1, "status by --strict")


@case("fontlist-command")
def _():
    where = folder()
    genpdf("fonts", RECORD, "-o", where / "list.txt", env=TINY)
    equal((where / "list.txt").read_text(encoding="utf-8"), genpdf("fonts", RECORD, env=TINY).text, "-o")
    two = genpdf("fonts", RECORD, RECORD, env=TINY).text
    equal(two, 2 * genpdf("fonts", RECORD, env=TINY).text, "two records")
    equal(genpdf("fonts", RECORD, RECORD, "-o", where / "x", fails=True).status, 2, "two records to one file")
    run = genpdf("fonts", where / "none.xml", fails=True)
    equal((run.status, run.text), (3, ""), "a record that is not there")
    equal(genpdf("fonts", RECORD, "-l", "no-such", fails=True).status, 2, "no layout")
    (where / "fonts.xml").write_text("<fonts", encoding="utf-8")
    run = genpdf("fonts", env={"GENPDF_FONTS": where}, fails=True)
    equal((run.status, run.text), (2, ""), "a fonts.xml that is none")


finish()
