#!/usr/bin/python3
"""What a PDF says of its document and of itself: profiles, metadata, dates, fonts' rights, named places, where its bytes went.

Takes: GENPDF, records/, layouts/, build/testfonts.  Gives: ok / not ok / skip lines."""

import json
import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from archive import DC, PDF, PDFAID, PDFUAID, XMP, Archive, metadata  # noqa: E402
from cases import BUILD, SHARED, TOP, case, check, command, equal, finish, genpdf  # noqa: E402
from made import HARD, REAL, SMALL, TEST_FONTS, Made, faults, plan, tmp  # noqa: E402
from pdffile import File, Ref, text  # noqa: E402
from tagged import Tagged  # noqa: E402

CHECKER = SHARED / "tools" / "pdfa-check"
OWN = "{urn:genpdf:pdf#}"


# ---- profiles and metadata ----

@case("pdfa-profiles")
def _():
    """What each profile states in XMP; plain and a2u have no tags."""
    for profile, part, conformance, ua in (("a2a", "2", "A", "1"), ("a2u", "2", "U", None), ("a3a", "3", "A", "1"),
                                           ("plain", None, None, None)):
        file = File(SMALL.pdf(f"--profile={profile}"))
        xmp = metadata(file)
        equal((xmp.get(PDFAID + "part"), xmp.get(PDFAID + "conformance"), xmp.get(PDFUAID + "part")), (part, conformance, ua), profile)
        equal("StructTreeRoot" in file.root, ua is not None, f"tags of {profile}")
        equal("OutputIntents" in file.root, part is not None, f"output intent of {profile}")
        equal(file.faults + (Archive(file).faults if part else []), [], f"faults of {profile}")
    equal(genpdf(SMALL.record, "-o", "-", "--profile=x", fails=True).status, 2, "status of an unknown profile")
    check(PDFAID + "part" not in metadata(File(SMALL.pdf("--draft"))), "a draft says it is PDF/A")
    equal(SMALL.pdf().read_bytes(), SMALL.pdf("--profile=a2a").read_bytes(), "the profile without option")


@case("pdfa-metadata")
def _():
    """Every fact of the record in the information and in XMP."""
    words = SMALL.record.read_text(encoding="utf-8")
    check("<metadata>" not in words and "<title>" in words, "the record is another one now")
    record = tmp / "facts.xml"
    first = words.index("<head>") if "<head>" in words else words.index("<title>")
    record.write_text(words[:first] + '<metadata><identifier type="index" value="SW-2031&lt;7&amp;"/>'
                      '<identifier type="document-number" value="示水〔2031〕7号"/><category value="工作计划"/>'
                      '<subject value="水务"/><date type="published" when="2031-07-02"/></metadata>' + words[first:], encoding="utf-8")
    file = File(Made(record, "monthly-plan", "facts").pdf())
    xmp = metadata(file)
    for key, want in (("DocumentNumber", "示水〔2031〕7号"), ("IndexNumber", "SW-2031<7&"), ("Keywords", "工作计划"),
                      ("Subject", "水务"), ("Author", "示例市水务局"), ("CreationDate", "D:20310630")):
        equal(text(file.info.get(key)), want, key)
    for tag, want in ((OWN + "documentNumber", "示水〔2031〕7号"), (OWN + "indexNumber", "SW-2031<7&"), (OWN + "published", "2031-07-02"),
                      (DC + "creator", ["示例市水务局"]), (DC + "description", ["水务"]), (DC + "language", ["zh-Hans"]),
                      (PDF + "Keywords", "工作计划"), (XMP + "CreateDate", "2031-06-30")):
        equal(xmp.get(tag), want, tag)
    for library in ("HarfBuzz ", "FreeType ", "libxml2 ", "libxslt ", "libharu ", "libdeflate "):
        check(library in xmp[PDF + "Producer"], f"no {library}in Producer")


def said(e):
    return " ".join((e.get("value") or "".join(e.itertext())).split()) if e is not None else None


for made in REAL:
    @case(f"pdfa-facts-{made.name}")
    def _():
        """What the record's metadata state, whether as a value or as printed words, in every kind."""
        root = ET.parse(made.record).getroot()
        file = File(made.pdf())
        xmp = metadata(file)
        for key, tag, path in (("IndexNumber", OWN + "indexNumber", "metadata/identifier[@type='index']"),
                               ("DocumentNumber", OWN + "documentNumber", "metadata/identifier[@type='document-number']"),
                               ("Keywords", PDF + "Keywords", "metadata/category")):
            want = said(root.find(path)) or (said(root.find("head/document-number")) if key == "DocumentNumber" else None)
            equal((text(file.info.get(key)), xmp.get(tag)), (want, want), key)
        published = root.find("metadata/date[@type='published']")
        equal(xmp.get(OWN + "published"), published.get("when") if published is not None else None, "published")
        check(text(file.info["Title"]).strip() and xmp.get(DC + "language") == [root.get("{http://www.w3.org/XML/1998/namespace}lang")], "title, language")
        authors = (text(file.info.get("Author")) or "").split("、")
        equal(len(authors), len(set(authors)), f"authors {authors}")


@case("pdfa-dates-in-part")
def _():
    """A year or a month is a date, in PDF and XMP as in records."""
    words = (TOP / "records" / "responsibility-table-2032.xml").read_text(encoding="utf-8")
    for given, pdf_date in (("2032", "D:2032"), ("2032-07", "D:203207"), ("2032-07-09", "D:20320709")):
        record = tmp / f"date-{given}.xml"
        record.write_text(words.replace("<metadata>", f'<metadata><date type="issued" when="{given}"/><date type="published" when="{given}"/>'),
                          encoding="utf-8")
        made = Made(record, "responsibility-table", f"date-{given}")
        file = File(made.pdf())
        xmp = metadata(file)
        equal((text(file.info.get("CreationDate")), xmp.get(XMP + "CreateDate"), xmp.get(OWN + "published")), (pdf_date, given, given), given)


@case("pdfa-fonts-are-named")
def _():
    """A-3a names files by the sha256 of all their bytes: those in fonts.xml."""
    declared = {f.get("sha256") for f in ET.parse(TOP / "fonts" / "fonts.xml").getroot().iter("{urn:genpdf:fonts}family")} - {None}
    fonts = metadata(File(SMALL.pdf("--profile=a3a")))[OWN + "fonts"]
    named = [re.search(r"file sha256 ([0-9a-f]{64})$", f) for f in fonts]
    check(fonts and all(named), f"{fonts}")
    # An office's own faces have no sum there; what they lack comes from those that have.
    check(any(found[1] in declared for found in named), f"none is a font of fonts.xml: {fonts}")


@case("pdfa-title-of-its-own")
def _():
    """A record without a title's text still has one for the window."""
    words = SMALL.record.read_text(encoding="utf-8")
    start, end = words.index("<title>"), words.index("</title>")
    record = tmp / "untitled.xml"
    record.write_text(words[:start] + "<title>" + words[end:], encoding="utf-8")
    genpdf(record, "-o", tmp / "untitled.pdf")
    check(text(File(tmp / "untitled.pdf").info["Title"]).strip(), "no title")


@case("pdfa-notes")
def _():
    """Notes below a table are Notes with names of their own."""
    for name in ("base", "responsibility-table"):
        shutil.copytree(TOP / "layouts" / name, tmp / "layouts" / name)
    templates = tmp / "layouts" / "responsibility-table" / "templates.xsl"
    words = templates.read_text(encoding="utf-8")
    rows = '<xsl:apply-templates select="theme | task | total"/>'
    check(words.count(rows) == 1, "the rows are made elsewhere")
    templates.write_text(words.replace(rows, rows + '<note style="notes">注：甲。</note><note style="notes">乙。</note>'), encoding="utf-8")
    made = Made(TOP / "records" / "responsibility-table-2032.xml", tmp / "layouts" / "responsibility-table", "notes")
    check(not faults(made.pdf()), faults(made.pdf()))
    tree = Tagged(File(made.pdf())).lines
    equal([line.strip() for line in tree].count("Note"), 2, "notes")


# ---- fonts: rights, private characters, missing glyphs ----

def other_fonts(name, change):
    """The test fonts, each changed by a function; the environment that leads to them."""
    from fontTools.ttLib import TTFont
    fonts = tmp / f"fonts-{name}"
    shutil.copytree(BUILD / "testfonts", fonts)
    for path in sorted(fonts.glob("tiny-*")):
        font = TTFont(path)
        change(font)
        font.save(path)
    return {"GENPDF_FONTS": fonts}


def fs_type(value):
    def change(font):
        font["OS/2"].fsType = value
    return change


def descriptors(file):
    return [o for o in file.objects.values() if isinstance(o, dict) and o.get("Type") == "FontDescriptor"]


for value, allowed in ((0x0, True), (0x2, False), (0x4, True), (0x8, True), (0x100, True), (0x104, True), (0x200, False), (0x202, False)):
    @case(f"pdfa-font-rights-{value:#05x}")
    def _():
        """OS/2 fsType: embedding forbidden or bitmaps only: refused, no PDF; no subset: the whole font, without a subset's tag."""
        out = tmp / f"rights-{value}.pdf"
        run = genpdf(HARD[-1].record, "-l", "monthly-plan", "-o", out, "--lang=en", env=other_fonts(f"rights-{value}", fs_type(value)), fails=True)
        if not allowed:
            check(run.status and "[font-rights]" in run.messages and not out.exists(), run)
            return
        check(run.status == 0 and not faults(out), f"{run} {faults(out) if out.exists() else ''}")
        for d in descriptors(File(out)):
            equal("+" in d["FontName"], not value & 0x100, f"tag of {d['FontName']}")


PRIVATE = "\ue815\uf8ff"


def give_private(font):
    """Two private characters look as 一 and 丁."""
    for table in font["cmap"].tables:
        for private, ordinary in zip(PRIVATE, "一丁"):
            if ord(ordinary) in table.cmap:
                table.cmap[ord(private)] = table.cmap[ord(ordinary)]


@case("pdfa-private-characters")
def _():
    """6.2.11.7.3: what a private character means is said beside it; copying gives it back."""
    made = plan("private", f"<p>私用字{PRIVATE[0]}和{PRIVATE[1]}各一。</p>")
    made.env = other_fonts("private", give_private)
    check(not faults(made.pdf()), faults(made.pdf()))
    check(f"私用字{PRIVATE[0]}和{PRIVATE[1]}各一。" in command("pdftotext", "-raw", made.pdf(), "-").text, "the text is another")
    if CHECKER.exists():
        run = command("/usr/bin/python3", CHECKER, "-f", "2a", made.pdf(), fails=True)
        check(run.text.startswith("PASS"), run.text)


@case("pdfa-missing-glyphs")
def _():
    """6.2.11.8: no PDF in any profile; a draft is plain, its boxes are drawn, its text can be copied."""
    made = plan("missing", "<p>缺\U0001f468字。</p>")
    for profile in ("a2a", "a2u", "a3a", "plain"):
        run = genpdf(made.record, "-l", "monthly-plan", "-o", tmp / "missing.pdf", f"--profile={profile}", env=TEST_FONTS, fails=True)
        check(run.status == 2 and not (tmp / "missing.pdf").exists(), run)
        check("[glyph-missing]" in run.messages and "[out-pdfa]" not in run.messages, "another number of lines than one a cause")
    genpdf(made.record, "-l", "monthly-plan", "-o", tmp / "missing.pdf", "--draft", env=TEST_FONTS)
    file = File(tmp / "missing.pdf")
    content = b"".join(file.get(page["Contents"]).data for _, page in file.pages())
    check(b"re S" in content and b"3 Tr" in content and PDFAID + "part" not in metadata(file), "no box, or it says it is PDF/A")
    check("缺\U0001f468字。" in command("pdftotext", "-raw", tmp / "missing.pdf", "-").text, "the text of a draft")


@case("pdfa-limits")
def _():
    """6.1.13: strings of up to 32,767 bytes. (Sheets cannot be too large: a layout's paper is 10 to 5000 mm.)"""
    good, bad = plan("title-16382", "<p>甲</p>", title="长" * 16382), plan("title-16383", "<p>甲</p>", title="长" * 16383)
    check(not faults(good.pdf()), "the longest title")
    run = genpdf(bad.record, "-l", "monthly-plan", "-o", tmp / "bad.pdf", fails=True)
    check(run.status == 2 and run.messages.count("[out-pdfa]") == 1 and not (tmp / "bad.pdf").exists(), run)
    genpdf(bad.record, "-l", "monthly-plan", "-o", tmp / "bad.pdf", "--profile=plain")


@case("pdfa-names-and-labels")
def _():
    file = File(SMALL.pdf())
    names = file.get(file.get(file.root["Names"])["Dests"])["Names"]
    keys = names[::2]
    check(keys and keys == sorted(keys), f"names {keys}")

    def count(item):
        n = 0
        while isinstance(item, Ref):
            n, item = n + 1 + count(file.get(item).get("First")), file.get(item).get("Next")
        return n
    equal(len(keys), count(file.get(file.root["Outlines"])["First"]), "named places and bookmarks")
    # By place: the second bookmark under the first is s1.2.
    first = file.get(file.get(file.root["Outlines"])["First"])
    second = file.get(file.get(first["First"])["Next"])
    places = dict(zip(keys, names[1::2]))
    equal((places[b"s1"], places[b"s1.2"]), (first["Dest"], second["Dest"]), "places")
    labels = file.get(file.root["PageLabels"])["Nums"]
    equal([labels[0], labels[1]["S"]], [0, "D"], "page labels")


@case("pdfa-equal-bytes")
def _():
    for profile in ("a2a", "a2u", "a3a", "plain"):
        a = genpdf(SMALL.record, "-o", "-", f"--profile={profile}").out
        b = genpdf(SMALL.record, "-o", "-", f"--profile={profile}", env={"TZ": "Asia/Shanghai", "LC_ALL": "de_DE.UTF-8"}, cwd="/").out
        check(a == b, f"{profile} differs")


@case("pdfa-explain-size")
def _():
    """The parts are the whole file, to the byte; every font of the file has its line; as JSON the same."""
    out = tmp / "explained.pdf"
    lines = genpdf(SMALL.record, "-o", out, "--explain=size", "--lang=en").messages.splitlines()
    figures = [(int(line.split()[0]), line.split("%", 1)[1].strip()) for line in lines]
    equal(figures[-1], (out.stat().st_size, "total"), "last line")
    equal(sum(n for n, _ in figures[:-1]), figures[-1][0], "sum of the parts")
    shares = [float(line.split()[1].rstrip("%")) for line in lines]
    check(abs(sum(shares[:-1]) - 100) < 0.1 * len(shares), f"shares {shares}")
    file = File(out)
    fonts = {n[n.index(b"+") + 1:].decode() for n in (f["FontName"].encode() for f in file.objects.values()
                                                      if isinstance(f, dict) and f.get("Type") == "FontDescriptor")}
    equal({name[5:name.index(":")] for _, name in figures if name.startswith("font ")}, fonts, "fonts")
    objects = [json.loads(line) for line in
               genpdf(SMALL.record, "-o", out, "--explain=size", "--diagnostics=json").messages.splitlines()]
    equal([o["bytes"] for o in objects], [n for n, _ in figures], "bytes as JSON")
    pages = sum(len(file.get(page["Contents"]).raw) for _, page in file.pages())
    check(pages <= dict((o["part"], o["bytes"]) for o in objects)["pages"] <= pages * 1.1 + 600 * len(list(file.pages())), f"pages {pages}")

finish()
