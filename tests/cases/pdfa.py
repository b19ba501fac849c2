#!/usr/bin/python3
"""PDFs for archives and screen readers: every record in every layout of its kind.
Our own walk over pages and structure tree (pikepdf) needs nothing beside it: all content is marked, every mark has its element and
every element its mark, roles stand inside each other as ISO 32000-1 14.8.4 has it, cells have headings, metadata agree. Then other
programs read the files, and the checker of the shared tools where that is present.

pdfa.py          cases
pdfa.py regen    tests/tags/*.txt anew: what `pdfinfo -struct-text` shows of each record in its own layout"""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Array, Dictionary, Name

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import SHARED, TOP, Skip, case, check, command, equal, finish, folder, genpdf  # noqa: E402

tmp = folder()
TAGS = TOP / "tests" / "tags"
CHECKER = SHARED / "tools" / "pdfa-check"
PAINT = set("Tj TJ ' \" S s f F f* B B* b b* Do sh".split()) | {"INLINE IMAGE"}
BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table", "Sect"}
MAY_HOLD = {
    "Document": BLOCKS, "Sect": BLOCKS, "L": {"LI"}, "LI": {"Lbl", "LBody"}, "LBody": {"P", "L", "Table"}, "Lbl": set(),
    "Table": {"THead", "TBody", "TR"}, "THead": {"TR"}, "TBody": {"TR"}, "TR": {"TH", "TD"}, "TH": {"P", "Table"}, "TD": {"P", "Table"},
    "P": set(), **{f"H{n}": set() for n in range(1, 7)},
}


def kind_of(record):
    return ET.parse(record).getroot().get("kind")


def layouts(kind):
    """Names of the layouts that state the kind."""
    out = []
    for path in sorted((TOP / "layouts").glob("*/layout.xml")):
        if ET.parse(path).getroot().get("kind") == kind:
            out.append(path.parent.name)
    return out


RECORDS = sorted((TOP / "records").glob("*.xml"))
PAIRS = [(record, layout) for record in RECORDS for layout in layouts(kind_of(record))]


def make(record, layout, *more):
    pdf = tmp / f"{record.stem}-{layout}{''.join(more).replace('=', '-')}.pdf"
    if not pdf.exists():
        genpdf(record, "-l", layout, "-o", pdf, *more)
    return pdf


def shown(record):
    return command("pdfinfo", "-struct-text", make(record, kind_of(record))).text


if sys.argv[1:] == ["regen"]:
    for record in RECORDS:
        (TAGS / f"{record.stem}.txt").write_text(shown(record), encoding="utf-8")
    sys.exit(0)


# ---- our own walk ----

class Walk:
    """Faults of a file as a list of words; empty = none."""

    def __init__(self, path):
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.faults = []
        self.parents = {}
        self.claimed = {}            # (page, mcid) -> element
        self.last_heading = 0
        if "/StructTreeRoot" not in self.root:
            self.faults.append("no structure tree")
            return
        self.read_parents(self.root.StructTreeRoot.ParentTree)
        self.element(self.root.StructTreeRoot.K, None)
        for page in self.pdf.pages:
            self.page(page)
        self.catalog()

    def fault(self, *words):
        self.faults.append(" ".join(str(w) for w in words))

    def read_parents(self, node):
        numbers = node.get("/Nums", [])
        for i in range(0, len(numbers), 2):
            self.parents[int(numbers[i])] = numbers[i + 1]
        for kid in node.get("/Kids", []):
            self.read_parents(kid)

    def kids(self, e):
        k = e.get("/K")
        return [] if k is None else list(k) if isinstance(k, Array) else [k]

    def element(self, e, around):
        role = str(e.S)[1:]
        if around is not None and role not in MAY_HOLD.get(around, set()):
            self.fault(role, "inside", around)
        if role[0] == "H" and role[1:].isdigit():
            if int(role[1:]) > self.last_heading + 1:
                self.fault(role, "behind H", self.last_heading)
            self.last_heading = int(role[1:])
        empty = not self.kids(e) and role not in ("TD", "TH", "TR")
        if empty:
            self.fault("empty", role)
        for kid in self.kids(e):
            if isinstance(kid, Dictionary) and "/S" in kid:
                if kid.P.objgen != e.objgen:
                    self.fault(kid.S, "has another parent than the element that holds it")
                self.element(kid, role)
            elif isinstance(kid, Dictionary):
                self.claim(e, kid.Pg, int(kid.MCID))
            else:
                self.claim(e, e.Pg, int(kid))
        if role == "TD" and len(self.kids(e)) == 1 and isinstance(e.K, Dictionary) and e.K.get("/S") == Name.P:
            self.fault("a P alone in a TD")
        if role == "Table":
            self.table(e)

    def claim(self, e, page, mcid):
        key = (page.objgen, mcid)
        if key in self.claimed:
            self.fault("mark", key, "belongs to two elements")
        self.claimed[key] = e.objgen

    def rows(self, e):
        for kid in self.kids(e):
            if kid.S == Name.TR:
                yield kid
            else:
                yield from self.rows(kid)

    def attribute(self, e, name, otherwise):
        return e.A.get(name, otherwise) if "/A" in e else otherwise

    def table(self, e):
        """A grid without holes or overlaps, and a heading for every cell."""
        rows, grid, cells = list(self.rows(e)), {}, []
        for r, row in enumerate(rows):
            c = 0
            for cell in self.kids(row):
                while (r, c) in grid:
                    c += 1
                high, wide = int(self.attribute(cell, "/RowSpan", 1)), int(self.attribute(cell, "/ColSpan", 1))
                for place in [(y, x) for y in range(r, r + high) for x in range(c, c + wide)]:
                    if place in grid or place[0] >= len(rows):
                        self.fault("cells overlap or leave the table at", place)
                    grid[place] = cell
                cells.append((cell, r, c, high, wide))
        widths = {sum((y, x) in grid for x in range(200)) for y in range(len(rows))}
        if len(widths) > 1:
            self.fault("rows of", widths, "columns")
        heads = [(str(self.attribute(h, "/Scope", "")), *at) for h, *at in cells if h.S == Name.TH]
        if any(scope not in ("/Row", "/Column") for scope, *_ in heads):
            self.fault("a TH without Scope")
        for cell, r, c, high, wide in cells:
            if cell.S == Name.TD and heads and not any(
                    (scope == "/Column" and x < c + wide and c < x + w) or (scope == "/Row" and y < r + high and r < y + h)
                    for scope, y, x, h, w in heads):
                self.fault("a TD without heading in row", r)

    def page(self, page):
        owners = self.parents.get(int(page.obj.get("/StructParents", -1)))
        stack, seen = [], set()
        if page.obj.get("/Tabs") != Name.S:
            self.fault("a page without /Tabs /S")
        for operands, operator in pikepdf.parse_content_stream(page):
            op = str(operator)
            if op in ("BMC", "BDC"):
                stack.append((str(operands[0]), operands[1].get("/MCID") if len(operands) > 1 else None))
                if stack[-1][1] is not None:
                    seen.add(int(stack[-1][1]))
                    if len(stack) > 1:
                        self.fault("a mark inside", stack[-2][0])
            elif op == "EMC":
                stack.pop()
            elif op in ("BT", "ET") and any(tag == "/Span" for tag, _ in stack):
                self.fault(op, "inside a span")
            elif op in PAINT and not any(tag == "/Artifact" or mcid is not None for tag, mcid in stack):
                self.fault(op, "outside of all marks")
        if stack:
            self.fault("marks are open at the page's end")
        n = len(owners) if owners is not None else 0
        if seen != set(range(n)):
            self.fault("marks", sorted(seen)[:5], "but", n, "in the parent tree")
        for mcid in sorted(seen & set(range(n))):
            if self.claimed.pop((page.obj.objgen, mcid), None) != owners[mcid].objgen:
                self.fault("mark", mcid, "is not that of its element")

    def catalog(self):
        if self.claimed:
            self.fault(len(self.claimed), "marks of elements stand on no page")
        if self.root.MarkInfo.get("/Marked") is not True or self.root.ViewerPreferences.DisplayDocTitle is not True:
            self.fault("MarkInfo, DisplayDocTitle")
        if not str(self.root.get("/Lang", "")):
            self.fault("no Lang")
        info, xmp = self.pdf.docinfo, self.pdf.open_metadata()
        for key, name in (("/Title", "dc:title"), ("/Subject", "dc:description"), ("/Keywords", "pdf:Keywords"),
                          ("/Producer", "pdf:Producer"), ("/Creator", "xmp:CreatorTool"), ("/Author", "dc:creator")):
            said = xmp.get(name)
            said = said[0] if isinstance(said, list) and said else said
            if (str(info[key]) if key in info else None) != said:
                self.fault(key, info.get(key), "but XMP", said)
        if "/CreationDate" in info and str(info.CreationDate)[2:10] != xmp["xmp:CreateDate"].replace("-", "")[:8]:
            self.fault("dates differ")


for record, layout in PAIRS:
    @case(f"pdfa-walk-{record.stem}-{layout}")
    def _():
        faults = Walk(make(record, layout)).faults
        check(not faults, f"{len(faults)} faults: {'; '.join(faults[:5])}")

    @case(f"pdfa-readers-{record.stem}-{layout}")
    def _():
        pdf = make(record, layout)
        run = command("qpdf", "--check", pdf)
        check("WARNING" not in run.messages + run.text, run)
        gs = command("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage", pdf)
        equal(gs.text + gs.messages, "", "ghostscript says")
        said = command("mutool", "draw", "-q", "-F", "txt", "-o", "/dev/null", pdf).messages.splitlines()
        # Debian's mutool is built without colour management and says so of every output intent.
        equal([line for line in said if "ICC support is not available" not in line], [], "mutool says")

    for flavour in ("2a", "ua1", "3a"):
        @case(f"pdfa-{flavour}-{record.stem}-{layout}")
        def _():
            if not CHECKER.exists():
                raise Skip("no pdfa-check of the shared tools")
            pdf = make(record, layout, *(["--profile=a3a"] if flavour == "3a" else []))
            run = command("/usr/bin/python3", CHECKER, "-f", flavour, pdf, fails=True)
            check(run.status == 0 and run.text.startswith("PASS"), run.text)

SMALL = TOP / "records" / "monthly-plan-2031-06.xml"


@case("pdfa-walk-finds-faults")
def _():
    """The walk itself: a mark taken out of the page, out of the tree, a role in the wrong place."""
    good = make(SMALL, "monthly-plan")

    def broken(change):
        pdf = pikepdf.open(good)
        change(pdf)
        path = tmp / "broken.pdf"
        pdf.save(path)
        return " ".join(Walk(path).faults)

    def page(pdf):
        first = pdf.pages[0]
        data = first.Contents.read_bytes()
        check(b"<</MCID 1>>BDC" in data, "no second mark on the first page")
        first.Contents = pdf.make_stream(data.replace(b"<</MCID 1>>BDC", b" BMC", 1))

    def tree(pdf):
        pdf.Root.StructTreeRoot.K.K[0].K = 999

    def role(pdf):
        pdf.Root.StructTreeRoot.K.K[0].S = Name.LI
    check("outside of all marks" in broken(page), "content without a mark was not found")
    check("is not that of its element" in broken(tree), "an element without its mark was not found")
    check("LI inside Document" in broken(role), "a role in the wrong place was not found")
    check("no structure tree" in Walk(make(SMALL, "monthly-plan", "--profile=plain")).faults, "a plain file passed")


@case("pdfa-profiles")
def _():
    """What each profile states in XMP; plain and a2u have no tags."""
    for profile, part, conformance, ua in (("a2a", "2", "A", "1"), ("a2u", "2", "U", None), ("a3a", "3", "A", "1"),
                                           ("plain", None, None, None)):
        pdf = pikepdf.open(make(SMALL, "monthly-plan", f"--profile={profile}"))
        xmp = pdf.open_metadata()
        said = (xmp.get("pdfaid:part"), xmp.get("pdfaid:conformance"),
                xmp.get("{http://www.aiim.org/pdfua/ns/id/}part"))
        equal(said, (part, conformance, ua), profile)
        equal("/StructTreeRoot" in pdf.Root, ua is not None, f"tags of {profile}")
        equal("/OutputIntents" in pdf.Root, part is not None, f"output intent of {profile}")
    equal(genpdf(SMALL, "-o", "-", "--profile=x", fails=True).status, 2, "status of an unknown profile")
    draft = pikepdf.open(make(SMALL, "monthly-plan", "--draft"))
    check("pdfaid:part" not in draft.open_metadata(), "a draft says it is PDF/A")


@case("pdfa-metadata")
def _():
    """Every fact of the record in the information and in XMP."""
    text = SMALL.read_text(encoding="utf-8")
    check("<metadata>" not in text and "<title>" in text, "the record is another one now")
    record = tmp / "facts.xml"
    first = text.index("<head>") if "<head>" in text else text.index("<title>")
    record.write_text(text[:first] + '<metadata><identifier type="index" value="SW-2031&lt;7&amp;"/>'
                      '<identifier type="document-number" value="示水〔2031〕7号"/><category value="工作计划"/>'
                      '<subject value="水务"/><date type="published" when="2031-07-02"/></metadata>' + text[first:], encoding="utf-8")
    pdf = pikepdf.open(make(record, "monthly-plan"))
    info, xmp = pdf.docinfo, pdf.open_metadata()
    for key, want in (("/DocumentNumber", "示水〔2031〕7号"), ("/IndexNumber", "SW-2031<7&"), ("/Keywords", "工作计划"),
                      ("/Subject", "水务"), ("/Author", "示例市水务局"), ("/CreationDate", "D:20310630")):
        equal(str(info.get(key)), want, key)
    equal(xmp["{urn:genpdf:pdf}documentNumber"], "示水〔2031〕7号", "XMP number")
    equal(xmp["{urn:genpdf:pdf}indexNumber"], "SW-2031<7&", "XMP index number")
    equal(xmp["{urn:genpdf:pdf}published"], "2031-07-02", "XMP published")
    equal(xmp["xmp:CreateDate"], "2031-06-30", "XMP date")
    for library in ("HarfBuzz ", "FreeType ", "libxml2 ", "libxslt ", "libharu ", "libdeflate "):
        check(library in xmp["pdf:Producer"], f"no {library}in Producer")


@case("pdfa-fonts-are-named")
def _():
    """A-3a names files by the sha256 of all their bytes: those in fonts.xml."""
    declared = {f.get("name"): f.get("sha256") for f in ET.parse(TOP / "fonts" / "fonts.xml").getroot()
                .iter("{urn:genpdf:fonts}family") if (f.get("file") or "").startswith("FandolFang")}
    fonts = pikepdf.open(make(SMALL, "monthly-plan", "--profile=a3a")).open_metadata()["{urn:genpdf:pdf}fonts"]
    fang = [f for f in fonts if f.startswith("FandolFang")]
    if not fang:
        raise Skip("FandolFang is not the body's font here")
    check(fang[0].endswith("file sha256 " + declared["FandolFang"]), fang[0])


@case("pdfa-title-of-its-own")
def _():
    """A record without a title's text still has one for the window."""
    text = SMALL.read_text(encoding="utf-8")
    start, end = text.index("<title>"), text.index("</title>")
    record = tmp / "untitled.xml"
    record.write_text(text[:start] + "<title>" + text[end:], encoding="utf-8")
    run = genpdf(record, "-o", tmp / "untitled.pdf", fails=True)
    if run.status:
        raise Skip("the schema wants a title")
    check(str(pikepdf.open(tmp / "untitled.pdf").docinfo.Title).strip(), "no title")


@case("pdfa-names-and-labels")
def _():
    pdf = pikepdf.open(make(SMALL, "monthly-plan"))
    names = pdf.Root.Names.Dests.Names
    keys = [str(names[i]) for i in range(0, len(names), 2)]
    check(keys and keys == sorted(keys), f"names {keys}")
    with pdf.open_outline() as outline:
        def count(items):
            return sum(1 + count(i.children) for i in items)
        equal(len(keys), count(outline.root), "named places and bookmarks")
    equal([int(pdf.Root.PageLabels.Nums[0]), str(pdf.Root.PageLabels.Nums[1].S)], [0, "/D"], "page labels")


@case("pdfa-equal-bytes")
def _():
    for profile in ("a2a", "a2u", "a3a", "plain"):
        a = genpdf(SMALL, "-o", "-", f"--profile={profile}").out
        b = genpdf(SMALL, "-o", "-", f"--profile={profile}", env={"TZ": "Asia/Shanghai", "LC_ALL": "de_DE.UTF-8"}, cwd="/").out
        check(a == b, f"{profile} differs")


@case("pdfa-explain-size")
def _():
    """The parts are the whole file."""
    out = tmp / "explained.pdf"
    lines = genpdf(SMALL, "-o", out, "--explain=size", "--lang=en").messages.splitlines()
    figures = [(int(line.split()[0]), line.split()[-1]) for line in lines]
    equal(figures[-1], (out.stat().st_size, "total"), "last line")
    equal(sum(n for n, _ in figures[:-1]), figures[-1][0], "sum of the parts")
    check(dict((name, n) for n, name in figures)["fonts"] > 10000, figures)


@case("pdfa-tags-stay-small")
def _():
    """A table of 1,500 rows with words of its own in each: at most 1.6 times the file without tags."""
    rows = []
    words = "推进落实完善建设管理服务监督检查考核评估治理保障保护发展改革创新安全生产消防应急防汛抗旱卫生健康医疗教育文化旅游体育科技人才就业"
    state = 7
    for n in range(1500):
        picked = ""
        for _ in range(40):
            state = (state * 1103515245 + 12345) % 2**31
            picked += words[state >> 8 & 63 if (state >> 8 & 63) < len(words) else 0]
        rows.append(f'<task number="{n + 1}"><p>{picked[:28]}。</p><assignment><unit>{picked[28:33]}科</unit>'
                    f'<person>{picked[33:36]}</person><leader>{picked[36:39]}</leader></assignment>'
                    f'<due when="2032-{n % 12 + 1:02d}">{n % 12 + 1}月底</due></task>')
    record = tmp / "long.xml"
    record.write_text('<record kind="responsibility-table" version="1" xml:lang="zh-Hans"><title>示例市任务分解表</title><body><tasks><columns>'
                      '<number>序号</number><task>任务</task><unit>单位</unit><person>责任人</person><leader>领导</leader>'
                      '<due>时限</due></columns>' + "".join(rows) + "</tasks></body></record>", encoding="utf-8")
    tagged, plain = (make(record, "responsibility-table", *more).stat().st_size for more in ((), ("--profile=plain",)))
    check(tagged <= 1.6 * plain, f"{tagged} bytes with tags, {plain} without: {tagged / plain:.2f}")


# ---- what a screen reader gets ----

for record in RECORDS:
    @case(f"pdfa-tags-{record.stem}")
    def _():
        got, want = shown(record).splitlines(), (TAGS / f"{record.stem}.txt").read_text(encoding="utf-8").splitlines()
        at = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
        check(got == want, f"line {at + 1}: {got[at:at + 2]}, kept: {want[at:at + 2]} (pdfa.py regen)")

finish()
