"""The rules of ISO 14289-1 (PDF/UA-1) and of ISO 32000-1, 14.7 and 14.8 for structure: all content is marked, every mark has its element
and every element its mark, elements stand inside each other as they may, headings count up by one, tables are grids whose cells have
headings, links and their annotations know each other.

Takes: File.  Gives: faults, and the tree as lines for people (outline)."""

from pdffile import Operator, Reader, text

PAINT = set("Tj TJ ' \" S s f F f* B B* b b* Do sh".split())
BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table", "Sect", "Figure", "TOC", "Note", "Caption"}
INLINE = {"Span", "Link", "Note", "Reference", "Figure"}
MAY_HOLD = {
    "Document": BLOCKS, "Sect": BLOCKS, "L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}, "LBody": {"P", "L", "Table", "Figure"} | INLINE,
    "Lbl": INLINE, "Table": {"THead", "TBody", "TR", "Caption"}, "THead": {"TR"}, "TBody": {"TR"}, "TR": {"TH", "TD"},
    "TH": {"P", "L", "Table", "Figure"} | INLINE, "TD": {"P", "L", "Table", "Figure"} | INLINE, "P": INLINE, "TOC": {"TOCI", "TOC", "Caption"},
    "TOCI": {"Lbl", "Reference", "P", "TOC", "Link"}, "Reference": {"Link", "Lbl"}, "Caption": {"P"} | INLINE, "Note": {"P", "Lbl"} | INLINE,
    "Figure": set(), "Span": INLINE, "Link": {"Span"}, **{f"H{n}": INLINE for n in range(1, 7)},
}
ORDERED = ("TH", "TD", "TR")            # may be empty: they keep a place


class Tagged:
    def __init__(self, file):
        self.file, self.faults, self.lines = file, [], []
        self.parents, self.claimed, self.objects, self.ids = {}, {}, {}, {}
        self.last_heading = 0
        if "StructTreeRoot" not in file.root:
            self.faults.append("no structure tree")
            return
        root = file.get(file.root["StructTreeRoot"])
        self.read_parents(file.get(root["ParentTree"]))
        self.read_ids(file.get(root.get("IDTree", {})))
        self.element(root["K"], None, file.root["StructTreeRoot"], 0)
        keys = [n for n in self.parents]
        if keys != sorted(set(keys)) or root["ParentTreeNextKey"] <= max(keys, default=-1):
            self.fault("keys of the parent tree:", keys[:9])
        for ref, page in file.pages():
            self.page(ref, page)
        self.catalog(root)

    def fault(self, *words):
        self.faults.append(" ".join(str(w) for w in words))

    # ---- trees ----

    def read_parents(self, node, least=-1):
        numbers = node.get("Nums", [])
        for i in range(0, len(numbers), 2):
            self.parents[numbers[i]] = numbers[i + 1]
        if "Limits" in node and numbers and node["Limits"] != [numbers[0], numbers[-2]]:
            self.fault("limits of the parent tree:", node["Limits"])
        for kid in node.get("Kids", []):
            self.read_parents(self.file.get(kid))

    def read_ids(self, node):
        names = node.get("Names", [])
        self.ids = dict(zip(names[::2], names[1::2]))
        if names[::2] != sorted(set(names[::2])):
            self.fault("names of the ID tree do not ascend")

    def kids(self, e):
        if "K" not in e:
            return []
        inner = self.file.get(e["K"])
        return inner if isinstance(inner, list) else [e["K"]]

    def attribute(self, e, name, otherwise=None):
        a = self.file.get(e.get("A", {}))
        for one in a if isinstance(a, list) else [a]:
            if name in self.file.get(one):
                return self.file.get(one)[name]
        return otherwise

    # ---- elements: 14.8.4; UA 7.1, 7.2, 7.4.2, 7.5, 7.6, 7.9 ----

    def element(self, ref, around, parent, depth):
        e = self.file.get(ref)
        role = e["S"]
        if e.get("Type", "StructElem") != "StructElem" or e.get("P") != parent:
            self.fault(role, ref, "has another parent than what holds it")
        if role not in MAY_HOLD and role != "Document" or around is not None and role not in MAY_HOLD[around]:
            self.fault(role, "inside", around)
        self.lines.append("  " * depth + role + self.words(e))
        self.one(role, e, ref)
        kids = self.kids(e)
        for kid in kids:
            value = self.file.get(kid)
            if isinstance(value, dict) and "S" in value:
                self.element(kid, role, ref, depth + 1)
            elif isinstance(value, dict) and value.get("Type") == "OBJR":
                self.objects[value["Obj"]] = ref
            elif isinstance(value, dict):
                self.claim(ref, value["Pg"], value["MCID"])
            else:
                self.claim(ref, e.get("Pg"), value)
        self.inside(role, e, [self.role(k) for k in kids])

    def words(self, e):
        out = [f"{k}={v}" for k, v in (("scope", self.attribute(e, "Scope")), ("rows", self.attribute(e, "RowSpan")),
                                       ("columns", self.attribute(e, "ColSpan")), ("lang", text(e.get("Lang"))), ("alt", text(e.get("Alt")))) if v]
        return "".join(" " + w for w in out)

    def role(self, kid):
        value = self.file.get(kid)
        return str(value["S"]) if isinstance(value, dict) and "S" in value else "object" if isinstance(value, dict) and "Obj" in value else "mark"

    def one(self, role, e, ref):
        if role[0] == "H" and role[1:].isdigit():
            if int(role[1:]) > self.last_heading + 1:
                self.fault(role, "behind H", self.last_heading)
            self.last_heading = int(role[1:])
        if role == "Figure" and not (text(e.get("Alt")) or text(e.get("ActualText"))):
            self.fault("7.3: a Figure without Alt")
        if role == "Note" and ("ID" not in e or self.ids.get(e["ID"]) != ref):
            self.fault("7.9: a Note without ID")
        if "ID" in e and self.ids.get(e["ID"]) != ref:
            self.fault(role, "has the ID", e["ID"], "of another")
        if role == "L" and self.attribute(e, "ListNumbering") is None:
            self.fault("7.6: an L without ListNumbering")

    def inside(self, role, e, kids):
        if not kids and role not in ORDERED:
            self.fault("empty", role)
        if role == "Table" and (kids.count("THead") > 1 or "Caption" in kids[1:-1] or "TR" in kids and "TBody" in kids):
            self.fault("7.2: a Table of", kids)
        if role == "LI" and (kids.count("Lbl") > 1 or kids.count("LBody") != 1):
            self.fault("7.2: an LI of", kids)
        if role in ("TD", "TH", "LI") and kids == ["P"]:
            self.fault("a P alone in a", role)
        if role == "Link" and "object" not in kids:
            self.fault("7.18.5: a Link without annotation")
        if role == "Table":
            self.table(e)

    def claim(self, ref, page, mcid):
        if (page, mcid) in self.claimed:
            self.fault("mark", page, mcid, "belongs to two elements")
        self.claimed[page, mcid] = ref

    # ---- tables: UA 7.5, 7.2 ----

    def rows(self, e):
        for kid in map(self.file.get, self.kids(e)):
            if kid["S"] == "TR":
                yield kid
            elif kid["S"] != "Caption":
                yield from self.rows(kid)

    def table(self, e):
        """A grid without holes or overlaps, and a heading for every cell."""
        rows, grid, cells = list(self.rows(e)), {}, []
        for r, row in enumerate(rows):
            c = 0
            for cell in map(self.file.get, self.kids(row)):
                while (r, c) in grid:
                    c += 1
                high, wide = self.attribute(cell, "RowSpan", 1), self.attribute(cell, "ColSpan", 1)
                for y in range(r, r + high):
                    for x in range(c, c + wide):
                        if (y, x) in grid:
                            self.fault("7.2: cells overlap at row", y, "column", x)
                        grid[y, x] = cell
                cells.append((cell, r, c, high, wide))
        width = max((c + wide for _, _, c, _, wide in cells), default=0)
        if len(grid) != width * len(rows) or any(y >= len(rows) for y, _ in grid):
            self.fault("7.2: a table of", len(rows), "rows and", width, "columns has", len(grid), "places")
        self.headings(cells)

    def headings(self, cells):
        heads = [(self.attribute(h, "Scope"), *at) for h, *at in cells if h["S"] == "TH"]
        if any(scope not in ("Row", "Column", "Both") for scope, *_ in heads):
            self.fault("7.5: a TH without Scope")
        rows, columns = {}, {}
        for scope, y, x, h, w in heads:
            for k in range(y, y + h) if scope != "Column" else ():
                rows[k] = True
            for k in range(x, x + w) if scope != "Row" else ():
                columns.setdefault(k, y)
        for cell, r, c, high, wide in cells:
            named = self.attribute(cell, "Headers", [])
            if any(name not in self.ids for name in named):
                self.fault("7.5: a cell in row", r, "names a heading that is not there")
            if cell["S"] == "TD" and heads and not named and not any(k in rows for k in range(r, r + high)) and not any(
                    columns.get(k, r) < r for k in range(c, c + wide)):
                self.fault("7.5: a TD without heading in row", r)

    # ---- pages ----

    def page(self, ref, page):
        owners = self.file.get(self.parents.get(page.get("StructParents", -1)))
        marks, seen = [], set()
        if page.get("Tabs") != "S":
            self.fault("7.18.3: a page without Tabs S")
        reader, operands = Reader(self.file.get(self.file.get(page["Contents"])).data), []
        while True:
            op = reader.next()
            if op is None:
                break
            if not isinstance(op, Operator):
                operands.append(op)
                continue
            if op in ("BMC", "BDC"):
                self.mark(marks, seen, operands)
            elif op == "EMC":
                marks.pop()
            elif op in ("BT", "ET") and any(tag == "Span" for tag, _ in marks):
                self.fault(op, "inside a span")
            elif op in PAINT and not any(tag == "Artifact" or mcid is not None for tag, mcid in marks):
                self.fault("7.1:", op, "outside of all marks")
            operands = []
        if marks:
            self.fault("marks are open at the page's end")
        self.owners(ref, owners or [], seen)
        for annotation in self.file.get(page.get("Annots", [])):
            self.annotation(annotation)

    def mark(self, marks, seen, operands):
        properties = operands[1] if len(operands) > 1 else {}
        mcid = properties.get("MCID")
        if mcid is not None:
            if mcid in seen:
                self.fault("mark", mcid, "stands twice on a page")
            seen.add(mcid)
        if (mcid is not None or operands[0] == "Artifact") and marks:
            self.fault("7.1: a mark inside", marks[-1][0])
        if operands[0] == "Artifact" and properties.get("Type", "Layout") not in ("Pagination", "Layout", "Page", "Background"):
            self.fault("an artifact", properties)
        marks.append((operands[0], mcid))

    def owners(self, ref, owners, seen):
        if seen != set(range(len(owners))):
            self.fault("marks", sorted(seen)[:5], "but", len(owners), "in the parent tree")
        for mcid in sorted(seen & set(range(len(owners)))):
            if self.claimed.pop((ref, mcid), None) != owners[mcid]:
                self.fault("mark", mcid, "of page", ref, "is not that of its element")

    def annotation(self, ref):
        a = self.file.get(ref)
        owner = self.parents.get(a.get("StructParent", -1))
        if owner is None or self.objects.pop(ref, None) != owner or self.file.get(owner)["S"] != "Link":
            self.fault("7.18.5: a link's annotation has no Link")

    def catalog(self, root):
        if self.claimed or self.objects:
            self.fault(len(self.claimed), "marks and", len(self.objects), "objects of elements stand on no page")
        marked, viewer = self.file.root.get("MarkInfo", {}), self.file.get(self.file.root.get("ViewerPreferences", {}))
        if marked.get("Marked") != "true" or marked.get("Suspects", "false") != "false":
            self.fault("7.1: MarkInfo", marked)
        if viewer.get("DisplayDocTitle") != "true":
            self.fault("7.1: DisplayDocTitle")
        if "RoleMap" in root or "ClassMap" in root:
            self.fault("a RoleMap, though all roles are standard ones")


def outline(file):
    return Tagged(file).lines
