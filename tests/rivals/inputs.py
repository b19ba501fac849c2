"""What every engine is given: the paragraphs of one record, the rows of another.

Takes: genpdf and two records of records/.  Gives: text and table as plain values, and each engine's markup of them."""
import re
import subprocess
import xml.etree.ElementTree as et
from html import escape
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
FONTS = TOP / "build" / "fonts"
TEXT = TOP / "records" / "chronicle-2031.xml"
TABLE = TOP / "records" / "responsibility-table-2032.xml"
FACES = {"FandolFang": "FandolFang-Regular.otf", "FandolHei": "FandolHei-Regular.otf", "FandolSong": "FandolSong-Bold.otf"}
HEAD = ["序号", "主题", "具体任务", "责任部门、责任人", "完成时限"]
WIDTHS = [12, 20, 78, 44, 22]       # mm, the sum is the width of the type area below


PAGE_NUMBER = re.compile(r"[—–\-\s]*\d+[—–\-\s]*")


def paragraphs(genpdf):
    """The paragraphs as genpdf says them, each as (date in bold, text); the title has no date."""
    out = subprocess.run([genpdf, "--stop=text", TEXT], capture_output=True, check=True).stdout.decode()
    found = [line for line in out.replace("\f", "\n").split("\n") if line.strip() and not PAGE_NUMBER.fullmatch(line)]
    dates = [entry.get("label") or "" for entry in et.parse(TEXT).getroot().iter("entry")]
    key = lambda line: next((d for d in dates if d and line.startswith(d)), "")
    return [(key(line), line[len(key(line)):]) for line in found]


def words(node):
    return "".join(node.itertext()).strip()


def themes():
    """[(theme, [(number, task, who, due)])]"""
    found = []
    for theme in et.parse(TABLE).getroot().iter("theme"):
        if theme.find("name") is None:
            continue
        rows = []
        for task in theme.findall("task"):
            who = ["　".join(words(part) for part in a) for a in task.findall("assignment")]
            due = task.find("due")
            rows.append((task.get("number") or "", "".join(words(p) for p in task.findall("p")),
                         who, words(due) if due is not None else ""))
        found.append((words(theme.find("name")), rows))
    return found


# ---- HTML: WeasyPrint, LibreOffice ----

def html(body):
    columns = "".join(f"td.c{i}, th.c{i} {{ width: {w}mm }}" for i, w in enumerate(WIDTHS))
    return f"""<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>genpdf: rivals</title><style>
{"".join(f'@font-face {{ font-family: {name}; src: url("{(FONTS / file).as_uri()}") }}' for name, file in FACES.items())}
@page {{ size: A4; margin: 25mm 17mm }}
body {{ font: 14pt/24pt FandolFang; text-align: justify; margin: 0 }} p {{ margin: 0; text-indent: 2em }}
h1 {{ font: bold 22pt/32pt FandolSong; text-align: center }}
table {{ border-collapse: collapse; width: 176mm; font-size: 12pt; line-height: 18pt }}
td, th {{ border: 0.5pt solid black; padding: 1mm; vertical-align: middle }} tr {{ break-inside: avoid }} {columns}
b, th {{ font-family: FandolHei; font-weight: normal }}
</style></head><body>{body}</body></html>"""


def html_text(texts):
    return html(f"<h1>{escape(texts[0][1])}</h1>" + "".join(f"<p><b>{escape(d)}</b>{escape(t)}</p>" for d, t in texts[1:]))


def html_table():
    head = "".join(f'<th class="c{i}">{h}</th>' for i, h in enumerate(HEAD))
    rows = []
    for theme, tasks in themes():
        for i, (number, task, who, due) in enumerate(tasks):
            label = f'<td class="c1" rowspan="{len(tasks)}">{escape(theme)}</td>' if i == 0 else ""
            rows.append(f'<tr><td class="c0">{number}</td>{label}<td class="c2">{escape(task)}</td>'
                        f'<td class="c3">{"<br>".join(map(escape, who))}</td><td class="c4">{escape(due)}</td></tr>')
    return html(f'<table border="1" cellspacing="0">' + f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>")


# ---- Typst ----

def typst(body):
    return ('#set page(paper: "a4", margin: (x: 17mm, y: 25mm))\n#set document(title: "genpdf: rivals", date: datetime(year: 2031, month: 1, day: 1))\n'
            '#set text(font: "FandolFang R", size: 14pt, lang: "zh", region: "cn")\n#set par(justify: true, leading: 10pt)\n' + body)


def typst_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_bold(text):
    return f'text(font: "FandolHei", {typst_string(text)})'


def typst_text(texts):
    lines = [f'#align(center, text(22pt, font: "FandolSong", weight: "bold", {typst_string(texts[0][1])}))\n']
    return typst("\n".join(lines + [f"#par(first-line-indent: (amount: 2em, all: true), {typst_bold(d)} + {typst_string(t)})\n" for d, t in texts[1:]]))


def typst_table():
    cells = ["table.header(" + ", ".join(map(typst_bold, HEAD)) + ")"]
    for theme, tasks in themes():
        for i, (number, task, who, due) in enumerate(tasks):
            cells.append(typst_string(number))
            if i == 0:
                cells.append(f"table.cell(rowspan: {len(tasks)}, {typst_string(theme)})")
            cells += [typst_string(task), " + linebreak() + ".join(map(typst_string, who)) or '""', typst_string(due)]
    columns = ", ".join(f"{w}mm" for w in WIDTHS)
    return typst(f"#set text(size: 12pt)\n#table(columns: ({columns}), align: horizon, {', '.join(cells)})\n")


# ---- XeLaTeX with xeCJK ----

def latex(body, packages=""):
    return (r"\documentclass[a4paper]{article}\usepackage[margin=25mm,left=17mm,right=17mm]{geometry}\usepackage{xeCJK}" + packages +
            rf"\setCJKmainfont[Path={FONTS}/]{{FandolFang-Regular.otf}}\setmainfont[Path={FONTS}/]{{FandolFang-Regular.otf}}"
            rf"\newCJKfontfamily\hei[Path={FONTS}/]{{FandolHei-Regular.otf}}\newCJKfontfamily\song[Path={FONTS}/]{{FandolSong-Bold.otf}}"
            r"\begin{document}\fontsize{14}{24}\selectfont\setlength{\parindent}{2em}" + body + r"\end{document}")


def latex_string(text):
    for mark, written in (("\\", r"\textbackslash "), ("%", r"\%"), ("&", r"\&"), ("#", r"\#"), ("_", r"\_"), ("$", r"\$")):
        text = text.replace(mark, written)
    return text


def latex_text(texts):
    return latex(r"\begin{center}\fontsize{22}{32}\selectfont\song " + latex_string(texts[0][1]) + "\\end{center}\n\n" +
                 "\n\n".join("{\\hei " + latex_string(d) + "}" + latex_string(t) for d, t in texts[1:]) + "\n")


def latex_table():
    spec = "|".join(f"p{{{w - 4.5}mm}}" for w in WIDTHS)
    rows = []
    for theme, tasks in themes():
        for i, (number, task, who, due) in enumerate(tasks):
            label = rf"\multirow{{{len(tasks)}}}{{*}}{{{latex_string(theme)}}}" if i == 0 else ""
            line = r"\hline" if i == len(tasks) - 1 else r"\cline{1-1}\cline{3-5}"
            rows.append(" & ".join([number, label, latex_string(task), "\\newline ".join(map(latex_string, who)), due]) +
                        " \\\\ " + line)
    return latex(r"\fontsize{12}{18}\selectfont\begin{longtable}{|" + spec + r"|}\hline " + " & ".join(r"\hei " + h for h in HEAD) + r"\\ \hline\endhead " +
                 "\n".join(rows) + r"\end{longtable}", r"\usepackage{longtable,multirow}")


# ---- XSL-FO: Apache FOP ----

def fo(body):
    return ('<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="FandolFang" font-size="14pt" line-height="24pt" xml:lang="zh">'
            '<fo:layout-master-set><fo:simple-page-master master-name="a4" page-width="210mm" page-height="297mm" margin="25mm 17mm">'
            '<fo:region-body/></fo:simple-page-master></fo:layout-master-set><fo:page-sequence master-reference="a4">'
            f'<fo:flow flow-name="xsl-region-body">{body}</fo:flow></fo:page-sequence></fo:root>')


def fo_text(texts):
    return fo(f'<fo:block font-family="FandolSong" font-size="22pt" line-height="32pt" text-align="center">{escape(texts[0][1])}</fo:block>' + "".join(
        f'<fo:block text-align="justify" text-indent="2em"><fo:inline font-family="FandolHei">{escape(d)}</fo:inline>{escape(t)}</fo:block>'
        for d, t in texts[1:]))


def fo_cell(text, more=""):
    lines = "".join(f"<fo:block>{escape(t)}</fo:block>" for t in (text if isinstance(text, list) else [text]) or [""])
    return f'<fo:table-cell border="0.5pt solid black" padding="1mm" display-align="center" {more}>{lines}</fo:table-cell>'


def fo_table():
    rows = []
    for theme, tasks in themes():
        for i, (number, task, who, due) in enumerate(tasks):
            label = fo_cell(theme, f'number-rows-spanned="{len(tasks)}"') if i == 0 else ""
            rows.append(f"<fo:table-row>{fo_cell(number)}{label}{fo_cell(task)}{fo_cell(who)}{fo_cell(due)}</fo:table-row>")
    columns = "".join(f'<fo:table-column column-width="{w}mm"/>' for w in WIDTHS)
    head = "".join(fo_cell(h, 'font-family="FandolHei"') for h in HEAD)
    head = f"<fo:table-row>{head}</fo:table-row>"
    return fo('<fo:table table-layout="fixed" width="176mm" border-collapse="collapse" font-size="12pt" line-height="18pt">'
              f"{columns}<fo:table-header>{head}</fo:table-header><fo:table-body>{''.join(rows)}</fo:table-body></fo:table>")


def fop_config():
    return (f'<fop version="1.0"><accessibility>true</accessibility><renderers><renderer mime="application/pdf"><fonts>'
            + "".join(f'<font embed-url="{(FONTS / file).as_uri()}"><font-triplet name="{name}" style="normal" weight="normal"/></font>'
                      for name, file in FACES.items()) + "</fonts></renderer></renderers></fop>")
