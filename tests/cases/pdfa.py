#!/usr/bin/python3
"""PDFs for archives and screen readers: every record in every layout of its kind, golden cases, hard texts.
Our own eyes (tests/expect/pdffile.py, archive.py, tagged.py) need nothing beside them; pdfa_readers.py has what other programs say.

pdfa.py          cases
pdfa.py regen    tests/tags/*.txt anew: what `pdfinfo -struct-text` shows of each record in its own layout"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from archive import Archive  # noqa: E402
from cases import TOP, case, check, command, equal, finish  # noqa: E402
from made import ALL, RECORDS, SMALL, Made, faults, kind_of, tmp  # noqa: E402
from pdffile import File, Name, Stream  # noqa: E402
from tagged import Tagged  # noqa: E402

TAGS = TOP / "tests" / "tags"


def shown(record):
    return command("pdfinfo", "-struct-text", Made(record, kind_of(record)).pdf()).text


if sys.argv[1:] == ["regen"]:
    for record in RECORDS:
        (TAGS / f"{record.stem}.txt").write_text(shown(record), encoding="utf-8")
    sys.exit(0)

for made in ALL:
    @case(f"pdfa-rules-{made.name}")
    def _():
        found = faults(made.pdf())
        check(not found, f"{len(found)} faults: {'; '.join(found[:5])}")


# ---- the eyes themselves ----

def broken(change, eyes):
    file = File(SMALL.pdf())
    equal(eyes(file).faults, [], "faults before")
    change(file)
    return " ".join(eyes(file).faults)


def first_page(file):
    return next(file.pages())[1]


def tree_of(file):
    return file.get(file.get(file.root["StructTreeRoot"])["K"])


@case("pdfa-eyes-tags")
def _():
    """A mark taken out of the page, out of the tree, a role in the wrong place, a level left out: each is found."""
    def page(file):
        content = file.get(first_page(file)["Contents"])
        check(b"<</MCID 1>>BDC" in content.data, "no second mark on the first page")
        content.data = content.data.replace(b"<</MCID 1>>BDC", b" BMC", 1)

    def tree(file):
        file.get(tree_of(file)["K"][0])["K"] = 999

    def role(file):
        file.get(tree_of(file)["K"][0])["S"] = Name("LI")

    def level(file):
        file.get(tree_of(file)["K"][0])["S"] = Name("H2")

    def tabs(file):
        del first_page(file)["Tabs"]
    for change, found in ((page, "outside of all marks"), (tree, "is not that of its element"), (role, "LI inside Document"),
                          (level, "H2 behind H 0"), (tabs, "Tabs")):
        said = broken(change, Tagged)
        check(found in said, f"{change.__name__}: {said[:200]}")
    check("no structure tree" in Tagged(File(SMALL.pdf("--profile=plain"))).faults, "a plain file passed")


@case("pdfa-eyes-archive")
def _():
    """A width, a Unicode value, the profile, a property without schema, Info and XMP that differ: each is found."""
    def font(file):
        return file.get(next(iter(file.fonts(first_page(file)).values())))

    def width(file):
        cid = file.get(font(file)["DescendantFonts"][0])
        cid["W"], cid["DW"] = [], 777

    def unicode(file):
        cmap = file.get(font(file)["ToUnicode"])
        cmap.data = cmap.data.replace(b"<0001><", b"<0001><0000")

    def profile(file):
        stream = file.get(file.get(file.root["OutputIntents"][0])["DestOutputProfile"])
        stream.data = stream.data.replace(b"mntr", b"scnr")

    def schema(file):
        stream = file.get(file.root["Metadata"])
        stream.data = stream.data.replace(b"<pdfaProperty:name>part", b"<pdfaProperty:name>port")

    def differ(file):
        file.info["Title"] = b"another"

    def operator(file):
        content = file.get(first_page(file)["Contents"])
        content.data = content.data.replace(b"ET\n", b"ET\nBX\n", 1)

    def lang(file):
        file.root["Lang"] = b"zh_CN"
    for change, found in ((width, "6.2.11.5"), (unicode, "6.2.11.7.2"), (profile, "6.2.3"), (schema, "6.6.2.3.1"), (differ, "6.6.3"),
                          (operator, "6.2.2"), (lang, "6.7.4")):
        said = broken(change, Archive)
        check(found in said, f"{change.__name__}: {said[:200]}")


@case("pdfa-eyes-bytes")
def _():
    """Bytes between objects, behind the end, a length that is wrong, another header: each is found."""
    data = SMALL.pdf().read_bytes()
    path = tmp / "bytes.pdf"
    for old, new in ((b"%PDF-1.7\n%", b"%PDF-1.7\n."), (b"%%EOF\n", b"%%EOF\nmore"), (b"\nendstream\nendobj\nstartxref", b"endstream \nendobj\nstartxref")):
        check(data.count(old) == 1, f"{old} does not stand there once")
        path.write_bytes(data.replace(old, new))
        try:
            said = File(path).faults
        except ValueError as why:
            said = [str(why)]
        check(said, f"{new} was not found")


# ---- size ----

def rich(n, state=[7]):
    """Forty characters of no rule."""
    words = "推进落实完善建设管理服务监督检查考核评估治理保障保护发展改革创新安全生产消防应急防汛抗旱卫生健康医疗教育文化旅游体育科技人才就业"
    picked = ""
    for _ in range(40):
        state[0] = (state[0] * 1103515245 + 12345) % 2**31
        picked += words[state[0] >> 8 & 63 if (state[0] >> 8 & 63) < len(words) else 0]
    return picked[:28], picked[28:33], picked[33:36], picked[36:39]


def poor(n):
    """The same words in every row but for figures: the page streams deflate to little, tags weigh most."""
    return f"完成第{n + 1}项任务，建设示范点{n * 7 % 61}个，惠及群众{n * 13 % 997}人", f"公共服务{n % 37}", "顾远之", "林岚"


def long_table(name, texts, n_rows):
    rows = []
    for n in range(n_rows):
        task, unit, person, leader = texts(n)
        rows.append(f'<task number="{n + 1}"><p>{task}。</p><assignment><unit>{unit}科</unit><person>{person}</person><leader>{leader}</leader>'
                    f'</assignment><due when="2032-{n % 12 + 1:02d}">{n % 12 + 1}月底</due></task>')
    record = tmp / f"{name}.xml"
    record.write_text('<record kind="responsibility-table" version="1" xml:lang="zh-Hans"><title>示例市任务分解表</title><body><tasks><columns>'
                      '<number>序号</number><task>任务</task><unit>单位</unit><person>责任人</person><leader>领导</leader>'
                      '<due>时限</due></columns>' + "".join(rows) + "</tasks></body></record>", encoding="utf-8")
    return Made(record, "responsibility-table", name)


for texts, n_rows in ((rich, 1500), (poor, 1500)):
    @case(f"pdfa-tags-stay-small-{texts.__name__}")
    def _():
        """At most 1.6 times the file without tags (sizes do not depend on the machine); and what makes them small can be read."""
        made = long_table(f"long-{texts.__name__}", texts, n_rows)
        tagged, plain = (made.pdf(*more).stat().st_size for more in ((), ("--profile=plain",)))
        check(tagged <= 1.6 * plain, f"{tagged} bytes with tags, {plain} without: {tagged / plain:.2f}")
        file = File(made.pdf())
        streams = [o for o in file.objects.values() if isinstance(o, Stream) and o.dict.get("Type") == "ObjStm"]
        check(sum("DecodeParms" in s.dict for s in streams) > len(streams) / 2, "elements are not told by differences")
        equal(file.faults + Tagged(file).faults, [], "faults")
        check("WARNING" not in command("qpdf", "--check", made.pdf()).text, "qpdf warns")
        last = [word for word in command("pdftotext", "-raw", made.pdf(), "-").text.split() if word == str(n_rows)]
        equal(last, [str(n_rows)], "number of the last row")


# ---- what a screen reader gets ----

for record in RECORDS:
    @case(f"pdfa-tags-{record.stem}")
    def _():
        got, want = shown(record).splitlines(), (TAGS / f"{record.stem}.txt").read_text(encoding="utf-8").splitlines()
        at = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
        check(got == want, f"line {at + 1}: {got[at:at + 2]}, kept: {want[at:at + 2]} (pdfa.py regen)")

finish()
