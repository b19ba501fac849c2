"""The rules of ISO 19005-2 (PDF/A-2) for what is in a file, read with our own eyes: catalog, output intent, pages' operators and colours,
fonts, Unicode, metadata. Those of the file's bytes are in pdffile.py, those of the structure in tagged.py.

Takes: File.  Gives: faults, each with its clause."""

import re
import struct
from xml.etree import ElementTree as ET

from pdffile import Operator, Reader, Stream, plain_name, text
from pdfread import Embedded, Widths

OPERATORS = set("BT ET Td Tm Tf Tc Tr TJ re f S g rg G w J q Q m l BMC BDC EMC".split())
CATALOG = set("Type Pages Outlines Names PageLabels MarkInfo StructTreeRoot Metadata ViewerPreferences OutputIntents Lang AF".split())
PAGE = set("Type Parent MediaBox Resources Contents Tabs StructParents Annots".split())
LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*\Z")
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC, XMP, PDF = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}", "{http://ns.adobe.com/pdf/1.3/}"
PDFAID, PDFUAID = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
EXTENSION, SCHEMA, PROPERTY = ("{http://www.aiim.org/pdfa/ns/%s}" % s for s in ("extension/", "schema#", "property#"))
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?)?)?\Z")
# What PDF/A knows without an extension schema (6.6.2.3.1), of what we write: container and value.
KNOWN = {
    DC + "title": "Alt", DC + "description": "Alt", DC + "creator": "Seq", DC + "language": "Bag", DC + "identifier": None, DC + "format": None,
    DC + "subject": "Bag", DC + "publisher": "Bag", DC + "source": None, DC + "date": "Seq",
    PDF + "Keywords": None, PDF + "Producer": None, XMP + "CreatorTool": None, XMP + "CreateDate": None, XMP + "ModifyDate": None,
    XMP + "MetadataDate": None, PDFAID + "part": None, PDFAID + "conformance": None, EXTENSION + "schemas": "Bag",
}


def private(s):
    return any(0xe000 <= ord(c) <= 0xf8ff or ord(c) >= 0xf0000 for c in s)


class Archive:
    def __init__(self, file):
        self.file, self.faults = file, []
        self.used = {}               # object of a font -> its codes that are shown
        self.catalog()
        self.intent()
        for ref, page in file.pages():
            self.page(ref, page)
        self.fonts()
        self.metadata()

    def fault(self, *words):
        self.faults.append(" ".join(str(w) for w in words))

    # ---- catalog: 6.5.2, 6.7.4, 6.10, 6.11 ----

    def catalog(self):
        root = self.file.root
        if set(root) - CATALOG:
            self.fault("catalog has", sorted(set(root) - CATALOG))
        if set(self.file.get(root.get("Names", {}))) - {"Dests", "EmbeddedFiles"}:
            self.fault("names", root["Names"])
        if not LANG.match(text(root.get("Lang", b""))):
            self.fault("6.7.4: Lang", root.get("Lang"))
        for number, value in self.file.objects.items():
            d = value.dict if isinstance(value, Stream) else value
            if isinstance(d, dict):
                self.dictionary(number, d)

    def dictionary(self, number, d):
        if "Lang" in d and not LANG.match(text(d["Lang"])):
            self.fault("6.7.4: Lang", d["Lang"], "in", number)
        if "AA" in d or d.get("Type") == "ExtGState" or "OPI" in d or "PresSteps" in d:
            self.fault("6.5.2, 6.2.5:", number, d)
        if d.get("S") in ("Launch", "Sound", "Movie", "ResetForm", "ImportData", "Hide", "SetOCGState", "Rendition", "Trans", "GoTo3DView",
                          "JavaScript"):
            self.fault("6.5.1: action", d["S"])
        for inner in d.values():
            if isinstance(inner, dict):
                self.dictionary(number, inner)

    # ---- output intent: 6.2.3 ----

    def intent(self):
        intents = [i for i in self.file.root.get("OutputIntents", []) if self.file.get(i).get("S") == "GTS_PDFA1"]
        if len(intents) != 1:
            self.fault("6.2.3:", len(intents), "output intents")
            return
        intent = self.file.get(intents[0])
        profile = self.file.get(intent["DestOutputProfile"])
        data = profile.data
        size, version = struct.unpack(">I4xI", data[:12])
        if (size, profile.dict.get("N"), data[12:24], data[36:40]) != (len(data), 3, b"mntrRGB XYZ ", b"acsp") or not 2 << 24 <= version < 5 << 24:
            self.fault("6.2.3: profile", size, len(data), data[:40])
        if "DestOutputProfileRef" in intent or not intent.get("OutputConditionIdentifier"):
            self.fault("6.2.3: intent", intent)
        count = struct.unpack(">I", data[128:132])[0]
        for i in range(count):
            tag, offset, n = struct.unpack(">4sII", data[132 + 12 * i:144 + 12 * i])
            if offset % 4 or offset + n > len(data) or offset < 132 + 12 * count:
                self.fault("6.2.3: tag", tag, "of the profile")

    # ---- pages ----

    def page(self, ref, page):
        if set(page) - PAGE:
            self.fault("page has", sorted(set(page) - PAGE))
        box = page["MediaBox"]
        if not all(3 <= box[i + 2] - box[i] <= 14400 for i in (0, 1)):
            self.fault("6.1.13: sheet", box)
        if not isinstance(page.get("Resources"), int):
            self.fault("6.2.2: page without resources")
        for annotation in self.file.get(page.get("Annots", [])):
            self.annotation(self.file.get(annotation))
        self.content(ref, self.file.get(page["Contents"]), self.file.fonts(page))

    def annotation(self, a):
        """6.3.2, 6.3.3; ISO 14289-1, 7.18."""
        if a.get("Subtype") != "Link":
            self.fault("6.3.1: annotation", a.get("Subtype"))
        if a.get("F") != 4:
            self.fault("6.3.2: F of an annotation is", a.get("F"))
        if not text(a.get("Contents", b"")):
            self.fault("7.18.5: a link without Contents")

    def content(self, ref, stream, fonts):
        """6.2.2, 6.1.13; which codes of which font are shown, and how their private characters are explained (6.2.11.7.3)."""
        reader, operands, font, marks, depth = Reader(stream.data), [], None, [], 0
        while True:
            value = reader.next()
            if value is None:
                break
            if not isinstance(value, Operator):
                operands.append(value)
                continue
            if value not in OPERATORS:
                self.fault("6.2.2: operator", value)
            if value == "q":
                depth += 1
            elif value == "Q":
                depth -= 1
            elif value in ("BMC", "BDC"):
                marks.append(operands[1] if len(operands) > 1 else {})
                if "Lang" in marks[-1] and not LANG.match(text(marks[-1]["Lang"])):
                    self.fault("6.7.4: Lang", marks[-1]["Lang"])
            elif value == "EMC":
                marks.pop()
            elif value == "Tf":
                font = self.used.setdefault(fonts[operands[0]], {})
            elif value == "TJ":
                explained = any("ActualText" in m for m in marks)
                for part in operands[0]:
                    for i in range(0, len(part), 2) if isinstance(part, bytes) else ():
                        code = part[i] << 8 | part[i + 1]
                        font[code] = font.get(code, True) and explained
            if depth < 0 or depth > 28 or len(marks) > 28:
                self.fault("6.1.13: nesting")
            operands = []
        if depth or marks or operands:
            self.fault("page", ref, "ends inside something")

    # ---- fonts: 6.2.11 ----

    def fonts(self):
        for ref, codes in self.used.items():
            font = self.file.get(ref)
            if font.get("Type") != "Font" or font.get("Subtype") != "Type0" or font.get("Encoding") != "Identity-H":
                self.fault("6.2.11.2: font", font)
            self.descendant(font, codes)
            self.unicode(font, codes)

    def descendant(self, font, codes):
        cid = self.file.get(font["DescendantFonts"][0])
        descriptor = self.file.get(cid["FontDescriptor"])
        truetype = cid["Subtype"] == "CIDFontType2"
        name = plain_name(descriptor["FontName"])
        if not name == plain_name(cid["BaseFont"]) or plain_name(font["BaseFont"]) != name + (b"" if truetype else b"-Identity-H"):
            self.fault("6.2.11.2: names", font["BaseFont"], cid["BaseFont"], descriptor["FontName"])
        missing = set("Flags FontBBox ItalicAngle Ascent Descent CapHeight StemV".split()) - set(descriptor)
        if missing or {"CIDSet", "CharSet"} & set(descriptor):
            self.fault("6.2.11.4.2: descriptor", sorted(descriptor))
        if truetype != ("CIDToGIDMap" in cid) or truetype != ("FontFile2" in descriptor) or truetype == ("FontFile3" in descriptor):
            self.fault("6.2.11.3.2: font program of", font["BaseFont"])
        program = self.file.get(descriptor["FontFile2" if truetype else "FontFile3"])
        if truetype and program.dict.get("Length1") != len(program.data) or not truetype and program.dict.get("Subtype") != "CIDFontType0C":
            self.fault("6.2.11.4.1: program", program.dict)
        if cid["CIDSystemInfo"] != {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0}:
            self.fault("6.2.11.3.1:", cid["CIDSystemInfo"])
        self.widths(font, codes)

    def widths(self, font, codes):
        """What W says is what the program says, for every code: gaps' own advances too (6.2.11.5)."""
        widths, program = Widths(self.file, font), Embedded(self.file, font)
        for code in codes:
            if code == 0:
                self.fault("6.2.11.8: .notdef is shown in", font["BaseFont"])
                continue
            advance = program.outline(code)[1] * 1000 / program.upem
            if abs(widths.of(code) - advance) > 0.5:
                self.fault("6.2.11.5: code", code, "of", font["BaseFont"], "is", widths.of(code), "in W,", advance, "in the program")

    def unicode(self, font, codes):
        cmap = self.file.stream(font["ToUnicode"]).decode("ascii")
        says = {int(a, 16): bytes.fromhex(b).decode("utf-16-be") for a, b in re.findall(r"^<([0-9A-F]{4})><([0-9A-F]*)>$", cmap, re.M)}
        if any(int(n) > 100 for n in re.findall(r"(\d+) beginbfchar", cmap)):
            self.fault("a block of more than 100 lines in ToUnicode")
        for code, explained in codes.items():
            s = says.get(code, "")
            if code and (not s or any(c in s for c in "\0\ufeff\ufffe")):
                self.fault("6.2.11.7.2: code", code, "of", font["BaseFont"], "means", ascii(s))
            if private(s) and not explained:
                self.fault("6.2.11.7.3: code", code, "means", ascii(s), "and nothing else is said")

    # ---- metadata: 6.6 ----

    def metadata(self):
        stream = self.file.get(self.file.root["Metadata"])
        data = stream.data
        if stream.dict.get("Type") != "Metadata" or stream.dict.get("Subtype") != "XML" or "Filter" in stream.dict:
            self.fault("6.6.2.1: metadata", stream.dict)
        if not data.startswith(b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>') or not re.search(rb'<\?xpacket end="[rw]"\?>\Z', data):
            self.fault("6.6.2.1: packet", data[:60])
        self.xmp, described = {}, set()
        for description in ET.fromstring(data).iter(RDF + "Description"):
            if description.get(RDF + "about") != "":
                self.fault("6.6.2.1: rdf:about")
            for property in description:
                if property.tag in self.xmp:
                    self.fault("6.6.2.1:", property.tag, "stands twice")
                self.xmp[property.tag] = self.property(property)
                if property.tag == EXTENSION + "schemas":
                    described = self.schemas(property)
        for tag in self.xmp:
            if tag not in KNOWN and tag not in described:
                self.fault("6.6.2.3.1: nothing explains", tag)
            if tag.startswith(XMP) and tag.endswith("Date") and not DATE.match(self.xmp[tag]):
                self.fault("6.6.2.1:", tag, self.xmp[tag])
        self.info()

    def property(self, e):
        """Its value as str or list of str."""
        container = e.find("*")
        if container is None:
            return e.text
        kind = container.tag.replace(RDF, "")
        if e.tag in KNOWN and KNOWN[e.tag] != kind:
            self.fault("6.6.2.3.1:", e.tag, "is in a", kind)
        items = list(container)
        if kind == "Alt" and [i.get("{http://www.w3.org/XML/1998/namespace}lang") for i in items][:1] != ["x-default"]:
            self.fault("7.2:", e.tag, "has no default language")
        return [i.text for i in items]

    def schemas(self, e):
        """6.6.2.3.2, 6.6.2.3.3: every field is there, types are those of XMP."""
        out = set()
        for schema in e.iter():
            if schema.find(SCHEMA + "namespaceURI") is None:
                continue
            uri = schema.findtext(SCHEMA + "namespaceURI")
            if not uri.endswith(("/", "#")) or not schema.findtext(SCHEMA + "prefix") or not schema.findtext(SCHEMA + "schema"):
                self.fault("6.6.2.3.3: schema", uri)
            for p in schema.iter(RDF + "li"):
                name = p.findtext(PROPERTY + "name")
                if p is schema or name is None:
                    continue
                kind, category = p.findtext(PROPERTY + "valueType"), p.findtext(PROPERTY + "category")
                if kind not in ("Text", "Date", "Integer", "bag Text") or category not in ("internal", "external") or not p.findtext(PROPERTY + "description"):
                    self.fault("6.6.2.3.3: property", name, kind, category)
                tag = "{%s}%s" % (uri, name)
                out.add(tag)
                value = self.xmp.get(tag)
                if value is not None and (isinstance(value, list) != kind.startswith("bag") or (kind == "Date" and not DATE.match(value))):
                    self.fault("6.6.2.3.1:", name, "is", value, "and no", kind)
        return out

    def info(self):
        """The document information says what XMP says (6.6.3 wants no more than that they do not differ)."""
        info = self.file.info
        for key, tag in (("Title", DC + "title"), ("Subject", DC + "description"), ("Keywords", PDF + "Keywords"), ("Author", DC + "creator"),
                         ("Producer", PDF + "Producer"), ("Creator", XMP + "CreatorTool")):
            said = self.xmp.get(tag)
            said = said[0] if isinstance(said, list) else said
            if text(info.get(key)) != said:
                self.fault("6.6.3:", key, "is", text(info.get(key)), "and in XMP", said)
        for key, tag in (("CreationDate", XMP + "CreateDate"), ("ModDate", XMP + "ModifyDate")):
            figures = re.sub(r"\D", "", text(info.get(key)) or "")
            if figures != re.sub(r"\D", "", self.xmp.get(tag) or ""):
                self.fault("6.6.3:", key, "is", info.get(key), "and in XMP", self.xmp.get(tag))


def metadata(file):
    """XMP properties of a file: tag -> str or list."""
    archive = Archive.__new__(Archive)
    archive.file, archive.faults = file, []
    archive.metadata()
    return archive.xmp
