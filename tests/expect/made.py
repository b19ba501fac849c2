"""The PDFs that cases look at: every record in every layout of its kind, golden cases in the test fonts, hard texts.

Gives: REAL, ALL (lists of Made), SMALL, plan() for a text of one's own, faults() of a file by our own eyes."""

from xml.etree import ElementTree as ET

from archive import Archive
from cases import BUILD, TOP, folder, genpdf
from pdffile import File
from tagged import Tagged

tmp = folder()
TEST_FONTS = {"GENPDF_FONTS": BUILD / "testfonts"}


def kind_of(record):
    return ET.parse(record).getroot().get("kind")


def layouts(kind):
    """Names of the layouts that state the kind."""
    out = []
    for path in sorted((TOP / "layouts").glob("*/layout.xml")):
        if ET.parse(path).getroot().get("kind") == kind:
            out.append(path.parent.name)
    return out


class Made:
    """A record in a layout; its PDFs by the options asked for."""

    def __init__(self, record, layout, name=None, env=None):
        self.record, self.layout, self.env = record, layout, env
        self.name = name or f"{record.stem}-{layout}"

    def pdf(self, *more):
        path = tmp / f"{self.name}{''.join(more).replace('=', '-')}.pdf"
        if not path.exists():
            genpdf(self.record, "-l", self.layout, "-o", path, *more, env=self.env)
        return path


def golden():
    for folder_of in sorted((TOP / "tests" / "golden").iterdir()):
        record = folder_of / "record.xml"
        if not record.exists():
            continue
        layout = [row.split()[1] for row in (folder_of / "expect").read_text(encoding="utf-8").split("\n") if row.startswith("layout ")]
        layout = (layout or ["monthly-plan"])[0]
        # A layout of the case's own stands in its folder.
        layout = str(folder_of / layout) if "/" in layout or layout.endswith(".xml") else layout
        yield Made(record, layout, f"golden-{folder_of.name}", TEST_FONTS)


RECORDS = sorted((TOP / "records").glob("*.xml"))
REAL = [Made(record, layout) for record in RECORDS for layout in layouts(kind_of(record))]


# ---- texts that come from anywhere ----

def plan(name, body, title="示例市档案馆测试", lang="zh-Hans", metadata=""):
    record = tmp / f"{name}.xml"
    record.write_text(f'<record kind="monthly-plan" version="1" xml:lang="{lang}" year="2031">{metadata}<title>{title}</title>'
                      f'<body><section number="一、"><heading>各项工作</heading>{body}</section></body></record>', encoding="utf-8")
    return Made(record, "monthly-plan", f"hard-{name}")


HARD = [
    plan("marks", "<p>零宽：甲\u200b乙\u200c丙\u200d丁\u2060戊\ufeff己。软\u00ad连字 non\u2011breaking\u00a0space。全角\u3000空格。</p>"),
    plan("clusters", "<p>连字 fi ffi fl office，组合 e\u0301 a\u0308\u0301 ø，带圈㊿①⑳，单位㎡㎏℃‰，拼音ā ǘ，罗马Ⅻ，ＡＢＣ。</p>"),
    plan("planes", "<p>扩展区𠮷𠀋𪚥，兼容豈更車﨑，变体葛\U000e0100城，辻\ufe00。</p>"),
    plan("delimiters", "<p>&lt;&amp;&gt; ( ) \\ % # / [ ] { } ~ ` ' \" &#39;</p>", title="甲&lt;乙&amp;(丙)\\丁]]&gt;\"戊'", lang="zh-Hant-TW",
         metadata='<metadata><subject value="a)b(c\\ &lt;&amp;"/></metadata>'),
    plan("long", "<p>甲</p>", title="很长的标题" * 60),
    plan("blanks", "<p>a  b   c</p><p>甲 乙</p><p>\u3000</p>"),
]
ALL = REAL + list(golden()) + [Made(TOP / "tests" / "records" / "every-element.xml", "monthly-plan")] + HARD
SMALL = Made(TOP / "records" / "monthly-plan-2031-06.xml", "monthly-plan")


def faults(path):
    file = File(path)
    return file.faults + Archive(file).faults + Tagged(file).faults
