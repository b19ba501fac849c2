#!/usr/bin/python3
"""Seeds and dictionaries of the fuzz targets: make.py DIR writes DIR/TARGET/ (a file per seed) and DIR/TARGET.dict.

All from our own texts: records/, layouts/, tests/golden/, tests/records/, tests/import/, the table of the layout language, and small
fonts drawn like the test fonts. Whole documents, and pieces of them, since small inputs are changed more thoroughly."""

import importlib.util
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
OUT = Path(sys.argv[1])
MARKER = b"\n<!--==-->\n"
RECORDS = sorted([*TOP.glob("records/*.xml"), *TOP.glob("tests/records/*.xml"), *TOP.glob("tests/golden/*/record.xml")])


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    made = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    spec.loader.exec_module(made)
    return made


def seed(target, name, data):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def dictionary(target, words):
    def quoted(word):
        data = word if isinstance(word, bytes) else word.encode()
        return '"' + "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\x{b:02X}" for b in data) + '"'
    lines = sorted({quoted(w) for w in words if 0 < len(w if isinstance(w, bytes) else w.encode()) <= 60})
    (OUT / f"{target}.dict").write_text("\n".join(lines) + "\n")


# ---- records ----

def small(text, most=2):
    """A record of which every list has a few members only."""
    import xml.etree.ElementTree as tree
    root = tree.fromstring(text)

    def thin(node):
        seen = {}
        for child in list(node):
            seen[child.tag] = seen.get(child.tag, 0) + 1
            if seen[child.tag] > most:
                node.remove(child)
            else:
                thin(child)
    thin(root)
    return tree.tostring(root, encoding="utf-8")


def names_of_schemas():
    for schema in sorted((TOP / "records" / "schema").glob("*.rng")):
        text = schema.read_text(encoding="utf-8")
        for kind, name in re.findall(r'<(element|attribute) name="([^"]+)"', text):
            yield from (f"<{name}>", f"</{name}>", f"<{name}/>") if kind == "element" else (f' {name}="', f' {name}="1"')
        yield from re.findall(r"<value>([^<]+)</value>", text)


XML = ["<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "&#12;", "&#x4E00;", "&#0;", "&amp;", "&lt;", "<!DOCTYPE a [", "]>", "<!ENTITY a '", "&a;",
       "\ufeff", '<?xml version="1.0" encoding="', '"?>', "UTF-16", "GB18030", "Big5", "UTF-8", "xml:lang", "xmlns=\"", "xmlns:a=\"", "xml:space",
       "preserve", "\u3000", "\u00a0", "\u200b", "\u2028", "\U00020bb7", "\ufffd", b"\xff", b"\xed\xa0\x80", b"\0"]


def make_record():
    for path in RECORDS:
        text = path.read_text(encoding="utf-8")
        stem = f"{path.parent.name}-{path.stem}"
        seed("record", stem + "-small", small(text))
        seed("record", stem + "-least", small(text, 1))
    text = RECORDS[0].read_text(encoding="utf-8")
    least = '<?xml version="1.0"?>\n' + small(text, 1).decode()
    seed("record", "utf16", least.encode("utf-16"))
    for name in ("GB18030", "UTF-16"):
        seed("record", "declared-" + name, least.replace('"?>', f'" encoding="{name}"?>', 1).encode(name))
    dictionary("record", [*XML, *names_of_schemas()])


# ---- grammars ----

def flat(path):
    """A schema with what it includes put in place: a grammar in one file. Overridden definitions fall away."""
    import xml.etree.ElementTree as tree
    ns = "{http://relaxng.org/ns/structure/1.0}"
    tree.register_namespace("", ns[1:-1])
    root = tree.parse(path).getroot()
    for include in root.findall(ns + "include"):
        at = list(root).index(include)
        root.remove(include)
        own = {d.get("name") for d in [*root.iter(ns + "define"), *include.iter(ns + "define")]}
        other = flat(path.parent / include.get("href"))
        for part in [*include, *(p for p in other if p.get("name") not in own or p.get("combine"))]:
            root.insert(at, part)
    for node in list(root.iter()):  # no annotations, no blanks
        node.text, node.tail = (node.text or "").strip(), ""
        for child in [c for c in node if not c.tag.startswith(ns)]:
            node.remove(child)
    return root


def make_rng():
    import xml.etree.ElementTree as tree
    for schema in sorted((TOP / "records" / "schema").glob("*.rng")):
        grammar = tree.tostring(flat(schema), encoding="utf-8")
        fit = [p.read_text(encoding="utf-8") for p in RECORDS if f'kind="{schema.stem}"' in p.read_text(encoding="utf-8")]
        for i, text in enumerate(fit[:3]):
            seed("rng", f"{schema.stem}-{i}", grammar + MARKER + small(text, 1))
    head, tail = '<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><start>', "</start></grammar>"
    small_ones = {
        "interleave": ('<element name="a"><interleave><element name="b"><text/></element><optional><element name="c"><empty/></element></optional>'
                       '<zeroOrMore><element name="d"><data type="integer"><param name="minInclusive">3</param></data></element></zeroOrMore></interleave></element>',
                       "<a><d>5</d><c/><b>x</b><d>2</d></a>"),
        "choice": ('<element name="a"><choice><attribute name="k"><choice><value>x</value><value>y</value></choice></attribute><attribute name="m">'
                   '<data type="NMTOKEN"/></attribute></choice><oneOrMore><choice><element name="b"><empty/></element><text/></choice></oneOrMore></element>',
                   '<a k="z"><b/>t<b/></a>'),
        "names": ('<element><choice><name>a</name><anyName><except><nsName ns="u"/></except></anyName></choice><zeroOrMore><attribute><anyName/></attribute>'
                  '</zeroOrMore><list><oneOrMore><data type="date"/></oneOrMore></list></element>', '<q v="1" w="">2031-05-01 2031-13-01</q>'),
        "mixed": ('<element name="a"><mixed><zeroOrMore><element name="b"><notAllowed/></element></zeroOrMore></mixed></element>', "<a>x<b/>y</a>"),
        "recursive": ('<ref name="a"/></start><define name="a"><element name="a"><zeroOrMore><ref name="a"/></zeroOrMore><group><optional><ref name="b"/>'
                      '</optional></group></element></define><define name="b"><element name="b"><data type="string"><param name="pattern">[a-c]{2,3}'
                      "</param></data></element></define><start combine=\"choice\"><ref name=\"b\"/>", "<a><a/><a><b>abcd</b></a></a>"),
    }
    for name, (grammar, record) in small_ones.items():
        seed("rng", name, (head + grammar + tail).encode() + MARKER + record.encode())
    words = "element attribute group interleave choice optional zeroOrMore oneOrMore list mixed ref parentRef empty value data notAllowed externalRef " \
            "grammar param except div include start define anyName nsName name text".split()
    dictionary("rng", [*XML[:12], *(f"<{w}>" for w in words), *(f"</{w}>" for w in words), *(f"<{w}/>" for w in words), ' name="', ' type="', ' combine="',
                       ' ns="', ' href="', "interleave", "token", "string", "integer", "date", "NMTOKEN", "ID", "pattern", "minLength", "maxInclusive",
                       *names_of_schemas()])


# ---- layouts ----

def names_of_layouts():
    table = (TOP / "gen" / "layout" / "elements.def").read_text(encoding="utf-8")
    for name in re.findall(r'^ELEMENT\(\w+, "([^"]+)"', table, re.M):
        yield from (f"<{name}", f"</{name}>", f"<{name}/>")
    for name, values in re.findall(r'^ATTR\(\w+, "([^"]+)", \w+, "([^"]*)"', table, re.M):
        yield f' {name}="'
        yield from values.split()
    for text in [p.read_text(encoding="utf-8") for p in TOP.glob("layouts/*/*.x*l")]:
        yield from re.findall(r'="([^"{}]{1,40})"', text)
        yield from re.findall(r"<(xsl:[a-z-]+)", text)
        yield from re.findall(r"[a-z:-]+\(", text)


XSLT = ["<xsl:apply-templates/>", "<xsl:for-each select=\"", "<xsl:value-of select=\"", "<xsl:call-template name=\"", "<xsl:variable name=\"",
        "<xsl:copy-of select=\"", "<xsl:number ", "<xsl:sort ", "<xsl:message>", "<xsl:attribute name=\"", "<xsl:element name=\"", "<xsl:import href=\"",
        "<xsl:include href=\"", "<xsl:key name=\"", "<xsl:choose>", "<xsl:otherwise>", "<xsl:if test=\"", "<xsl:text>", "<xsl:param ", "<xsl:with-param ",
        "document(", "generate-id(", "key(", "current()", "concat(", "substring(", "translate(", "format-number(", "position()", "last()", "count(",
        "ancestor::", "preceding::*", "following::*", "descendant-or-self::node()", "//*", "..", "exsl:node-set(", "exsl:document", "terminate=\"yes\"",
        "../", "/", "{", "}", "0.5em", "1e9pt", "-1mm", "999999", "1000000000000mm", "三号", "1行", "3*", "double 0.5pt"]


def make_layout():
    records = [small(p.read_text(encoding="utf-8"), 1) for p in RECORDS]
    for layout in sorted([*TOP.glob("layouts/*/layout.xml"), *TOP.glob("tests/golden/*/layout/layout.xml")]):
        templates = layout.parent / "templates.xsl"
        data = layout.read_bytes()
        if templates.exists():
            data += MARKER + templates.read_bytes()
            kind = re.search(rb'kind="([^"]+)"', layout.read_bytes())
            fit = [r for r in records if kind and b'kind="' + kind[1] + b'"' in r]
            data += MARKER + fit[0] if fit else b""
        seed("layout", f"{layout.parent.parent.name}-{layout.parent.name}", re.sub(rb"<!--(?!==).*?-->", b"", data, flags=re.S))
    head = b'<layout xmlns="urn:genpdf:layout"><use href="../base/layout.xml"/><templates href="templates.xsl"/></layout>'
    sheet = (b'<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout" xmlns:f="urn:genpdf:functions">'
             b'<xsl:template match="/record"><document title="{title}"><section>%s</section></document></xsl:template></xsl:stylesheet>')
    bodies = [b'<p style="body"><xsl:apply-templates/></p>', b'<xsl:for-each select="//*"><p><xsl:value-of select="."/></p></xsl:for-each>',
              '<table><col width="3*"/><col/><row><cell rowspan="2">示例</cell><cell><p>一</p></cell></row><row><cell>二</cell></row></table>'.encode(),
              b'<group at="bottom"><p><xsl:copy-of select="title/node()"/><trailer>x</trailer></p><rule height="1pt"/><break/></group>']
    for i, body in enumerate(bodies):
        seed("layout", f"own-{i}", head + MARKER + sheet % body)
    dictionary("layout", [*XML, *XSLT, *names_of_layouts()])


# ---- texts ----

def make_import():
    drafts = [p.read_bytes() for p in sorted((TOP / "records" / "drafts").iterdir())]
    own = [entry[1] for name in ("irregular", "tables") if (TOP / "tests" / "import" / f"{name}.py").exists() for entry in
           sum((v for v in vars(module(TOP / "tests" / "import" / f"{name}.py")).values() if isinstance(v, list)), [])
           if isinstance(entry, tuple) and len(entry) > 1 and isinstance(entry[1], (str, bytes))]
    own = [text.encode() if isinstance(text, str) else text for text in own]
    for i, data in enumerate([*drafts, *own]):
        seed("import", f"{i:03}", b"\0" + data)
    for i, data in enumerate(drafts):
        rows = data.splitlines(True)
        for k in range(0, min(len(rows), 60), 15):
            seed("import", f"{i:03}-{k}", bytes([1 + i % 2]) + b"".join(rows[k:k + 15]))
        text = data.decode("utf-8-sig")[:600]
        for how, name in ((4, "gb18030"), (8, "big5"), (12, "utf-16")):
            seed("import", f"{i:03}-{name}", bytes([how]) + text.encode(name, "ignore"))
    words = set()
    for text in [d.decode("utf-8-sig", "ignore") for d in drafts + own]:
        words.update(re.findall(r"[\u4e00-\u9fff]{2,8}[：:]|^[ \u3000]*[（(]?[一二三四五六七八九十0-9①②]{1,3}[）)]?[、.．]?", text, re.M))
    dictionary("import", [*sorted(words)[:400], "\r\n", "\f", "\u3000\u3000", "\t", ",", ";", "\"", "\"\"", "<table>", "<tr><td>", "</td></tr>",
                          "<td rowspan=\"2\">", "（续）", "续表", "—1—", "- 1 -", "附件：", "2031年5月29日", "二〇三一年五月", "责任单位：", "\u2028", "\u00ad"])


# ---- fonts ----

def make_font():
    fonts = module(TOP / "tests" / "fonts" / "make.py")
    folder = OUT / "font"
    folder.mkdir(parents=True, exist_ok=True)
    some = {ord(c) for c in "Afi1. 示例（市），一二三é—"}
    parts = some | set(fonts.COMPOSITES) | {ord(c) for c in "eu"}
    made = {"cid.otf": lambda p: fonts.font_cff(p, "Genpdf Seed", some, fonts.width, cid=True),
            "named.otf": lambda p: fonts.font_cff(p, "Genpdf Seed", some, fonts.width,
                                                  "languagesystem DFLT dflt;\nfeature kern { pos u00041 u00069 -100; } kern;"),
            "glyf.ttf": lambda p: fonts.font_glyf(p, "Genpdf Seed", parts)}
    for name, make in made.items():
        make(str(folder / name))
    from fontTools.ttLib import TTCollection, TTFont
    collection = TTCollection()
    collection.fonts = [TTFont(folder / name) for name in ("glyf.ttf", "cid.otf")]
    collection.save(folder / "both.ttc")
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        path.write_bytes(data + b"\0")
        if path.suffix == ".ttc":
            seed("font", "second.ttc", data + b"\1")
    tags = "head hhea maxp hmtx cmap name OS/2 post CFF  glyf loca GSUB GPOS GDEF kern vhea vmtx VORG cvt  fpgm prep gasp CFF2 fvar ttcf OTTO true".split(" ")
    dictionary("font", [*(t for t in tags if len(t) == 4), "CFF ", b"\0\1\0\0", b"\xff\xff", b"\xff\xff\xff\xff", b"\x7f\xff", b"\x80\0\0\0", b"\0\0\0\0", b"\0\1",
                        b"\x0c\x1e", b"\x0c\x24", b"\x0c\x25", b"\x1d\x7f\xff\xff\xff", b"\x1c\x7f\xff", b"\x0a", b"\x1d", b"\x0b", b"\x0e", b"\x13", b"\x1c"])


# ---- choices ----

def make_choices():
    import random
    dice = random.Random(9704)
    for target in ("wrap", "backends"):
        for i in range(60):
            seed(target, f"{i:02}", bytes([i & 1]) + bytes(dice.randrange(256) for _ in range(dice.choice((30, 100, 300, 1000)))))
        dictionary(target, [b"\0\0", b"\xff\xff", b"\2"])


# ---- PDFs read back ----

def make_pdfin():
    content = b"/P<</MCID 0>>BDC BT /F1 16 Tf 1 0 0 1 72 700 Tm [<00010002>-250(\\000\\003)]TJ 0 -28 Td (\\(a\\)\\\\) Tj T* <0001> ' ET EMC 0 0 9 9 re f"
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange " \
           b"2 beginbfchar <0001> <4E00> <0002> <D842DFB7> endbfchar 2 beginbfrange <0003> <0005> <0041> <0006> <0007> [<0042> <0043>] endbfrange endcmap"
    catalog = b"/AF[8 0 R]/Names<</EmbeddedFiles<</Names[(a/b.xml) 8 0 R]>>>>/Lang(zh)"
    params = b"/Type/EmbeddedFile/Subtype/text#2Fxml/Params<</Size 9/CheckSum<00112233445566778899AABBCCDDEEFF>>>"
    xmp = b"<pdf:Producer>genpdf 0.1.0, HarfBuzz 6.0.0</pdf:Producer><pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" \
          b"<xmp:CreateDate>2031-06-30</xmp:CreateDate><genpdf:fonts><rdf:Bag><rdf:li>A; 1</rdf:li><rdf:li>B; 2</rdf:li></rdf:Bag></genpdf:fonts>"
    parts = [content, cmap, catalog, params, xmp]
    seed("pdfin", "whole", MARKER.join(parts))
    for i in range(len(parts)):
        seed("pdfin", f"without-{i}", MARKER.join(b"" if k == i else part for k, part in enumerate(parts)))
    seed("pdfin", "kids", MARKER.join([content, cmap, b"/Names<</EmbeddedFiles 1 0 R>>/Kids[1 0 R 8 0 R]/Names[(x) 8 0 R (y) 3 (..) <</F(../x)>>]", params, xmp]))
    seed("pdfin", "image", MARKER.join([b"BI /W 1 /H 1 ID \x00EI EI 1 0 0 1 0 0 cm q Q BT (((((" + content, cmap, catalog, b"/Filter/FlateDecode", xmp]))
    dictionary("pdfin", ["BT", "ET", "Tf", "Td", "Tm", "TJ", "Tj", "T*", "'", "BI", "ID", "EI", "/F1", "8 0 R", "9 0 R", "1 0 R", "/Kids", "/Names",
                         "/EmbeddedFiles", "/UF", "/EF", "/Params", "/Size", "/CheckSum", "/Filter", "/FlateDecode", "/ASCIIHexDecode", "beginbfrange",
                         "endbfrange", "beginbfchar", "<ffffffff>", "<0000>", "[", "]", "<<", ">>", "<FEFF002E002E002F>", "(../)", "(/etc/x)", "%", "\\",
                         "<rdf:li>", "</rdf:li>", "<pdf:Producer>", "</pdf:Producer>", MARKER])


for make in (make_record, make_rng, make_layout, make_import, make_font, make_choices, make_pdfin):
    make()
