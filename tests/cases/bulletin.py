#!/usr/bin/python3
"""Bulletins: records that include records. Contents with true page numbers, leaders, links; pages numbered through; bookmarks and
running heads; each article as by itself; what may be included and what is refused, with its place.

Takes: GENPDF, records/bulletin-*.xml, layouts/.  Gives: ok / not ok lines. The text equations: roundtrip.py."""

import json
import os
import re
import sys
from pathlib import Path

import fitz

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import TOP, Fault, case, check, command, equal, finish, folder, genpdf  # noqa: E402

RECORD = TOP / "records" / "bulletin-2032-12.xml"
MM = 25.4 / 72
tmp = folder()

NEWS = """<record kind="news" version="1" xml:lang="{lang}">
  <title>{title}</title>
  <body>{body}</body>
</record>
"""
BULLETIN = """<record kind="bulletin" version="1" xml:lang="zh-Hans">
  <head><name>{name}</name><issue>第3期</issue><issuing-authority>示例市档案局</issuing-authority></head>
  <contents label="目录"/>
  <body>{body}</body>
</record>
"""


def news(where, file, title="甲乡通电", lines=6, lang="zh-Hans", body=None):
    """An article of about so many lines."""
    body = body or "".join(f"<p>{title}，第{n}段。各村供电所连夜抢修线路，至次日凌晨恢复供电。</p>" for n in range(1, lines + 1))
    (where / file).write_text(NEWS.format(lang=lang, title=title, body=body), encoding="utf-8")
    return file


def bulletin(where, *files, file="b.xml", name="供电简报"):
    body = "".join(f'<include href="{f}"/>' for f in files)
    (where / file).write_text(BULLETIN.format(name=name, body=body), encoding="utf-8")
    return where / file


def render(record, out=None, *more):
    pdf = out or record.with_suffix(".pdf")
    genpdf(record, "-o", pdf, *more)
    return fitz.open(pdf)


def words(page):
    """(text, left, right, baseline mm) of every line of a page, spans joined."""
    out = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            spans = [s for s in line["spans"] if s["text"].strip()]
            if spans:
                out.append(("".join(s["text"] for s in spans), spans[0]["bbox"][0] * MM, spans[-1]["bbox"][2] * MM,
                            spans[0]["origin"][1] * MM))
    return out


def squeeze(text):
    return re.sub(r"\s+", "", text)


def entries(doc, last=2):
    """Contents: [(title, page as printed, right edge)] of all lines that end in leaders and a number, with the line before."""
    out, carried = [], ""
    for page in doc.pages(0, min(last, len(doc))):
        rows = {}
        for text, left, right, y in words(page):
            if 35 < y < 265:
                rows.setdefault(round(y), []).append((left, right, text))
        for y in sorted(rows):
            row = sorted(rows[y])
            text = squeeze("".join(t for _, _, t in row))
            found = re.match(r"(.*?)…+(\d+)$", text)
            if found:
                out.append((carried + found[1], int(found[2]), row[-1][1]))
            # A line of the contents that goes on is full.
            carried = text if not found and row[-1][1] > 180 and "编印" not in text else ""
    return out


def outline(pdf):
    """(level, title, page) of the bookmarks."""
    out = []
    for line in command("mutool", "show", pdf, "outline").text.split("\n"):
        found = re.match(r'[|+-]?(\t+)"(.*)"\t#(?:nameddest=|page=)?(\d+)', line)
        if found:
            out.append((len(found[1]), found[2], int(found[3])))
    return out


def messages(*args):
    run = genpdf(*args, "--diagnostics=json", "--lang=en", fails=True)
    return run.status, [json.loads(line) for line in run.messages.split("\n") if line]


def refused(record, code, line, column, words_of_it, file=None):
    """Status 2, exactly one message, with this code, at this place."""
    status, said = messages("check", record)
    equal(status, 2, f"status; {said}")
    equal([m["code"] for m in said], [code], "codes")
    equal((Path(said[0]["file"]).name, said[0]["line"], said[0]["column"]), (file or record.name, line, column), "place")
    check(words_of_it in said[0]["message"], said[0]["message"])


def page_of(doc, title):
    """First page behind the contents that shows these words in the size of a title."""
    for number, page in enumerate(doc, 1):
        text = ""
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", []):
                text += "".join(s["text"] for s in line["spans"] if s["size"] > 20)
        if squeeze(title) in squeeze(text):
            return number
    raise Fault(f"no page has the title {title}")


# ---- the own record ----

@case("bulletin-contents")
def _():
    doc = render(RECORD, tmp / "own.pdf")
    said = outline(tmp / "own.pdf")
    articles = [(title, page) for level, title, page in said if level == 2]
    equal(len(articles), 5, "articles in the outline")
    got = entries(doc, 1)
    equal([n for _, n, _ in got], [page for _, page in articles], "pages of the contents and of the outline")
    for (title, number, right), (marked, page) in zip(got, articles):
        check(squeeze(marked).rstrip("…").startswith(title[:8]) or title.endswith(squeeze(marked)[-8:]), f"{title} / {marked}")
        check(abs(right - 184) < 0.3, f"number of {title} ends at {right:.2f} mm, not at the measure's end")
    check(len({n for _, n, _ in got}) > 2, "the articles stand on too few pages to tell")


@case("bulletin-page-numbers-run-through")
def _():
    doc = fitz.open(tmp / "own.pdf")
    for number, page in enumerate(doc, 1):
        foot = [t for t, _, _, y in words(page) if y > 265]
        equal([squeeze(t) for t in foot], [f"—{number}—"], f"foot of page {number}")


@case("bulletin-bookmarks-nest")
def _():
    """Columns, articles, the articles' own headings; the same as the articles' own outlines, two levels down."""
    toc = [(level, title) for level, title, _ in outline(tmp / "own.pdf")]
    equal([t for level, t in toc if level == 1], ["工作动态", "计划与进展"], "columns")
    genpdf(TOP / "records" / "monthly-plan-2031-06.xml", "-o", tmp / "p.pdf")
    alone = [(level + 2, title) for level, title, _ in outline(tmp / "p.pdf")]
    at = next(i for i, (level, t) in enumerate(toc) if level == 2 and "6月工作情况" in t)
    equal(toc[at + 1:at + 1 + len(alone)], alone, "headings of the monthly plan")


@case("bulletin-running-heads")
def _():
    doc = fitz.open(tmp / "own.pdf")
    head = [[squeeze(t) for t, _, _, y in words(page) if y < 31] for page in doc]
    equal(head[0], [], "first page")
    equal({tuple(h) for h in head[1::2]}, {("水务工作简报第12期（总第136期）",)}, "even pages")
    check("供水老旧管网" in head[2][0] and "大事记" in head[4][0], f"odd pages: {head[2::2]}")


@case("bulletin-links")
def _():
    """A click on a line of the contents leads to the article's title."""
    doc = fitz.open(tmp / "own.pdf")
    links = [(int(re.search(r"page=(\d+)", str(link))[1]) - 1 if "page" not in link else link["page"], link["from"])
             for page in doc.pages(0, 2) for link in page.get_links()]
    pages = [page - 1 for level, _, page in outline(tmp / "own.pdf") if level == 2]
    equal(sorted({page for page, _ in links}), sorted(set(pages)), "pages that links lead to")
    check(len(links) >= len(pages), f"{len(links)} links for {len(pages)} articles")
    for _, box in links:
        check(box.width > 10 and 8 < box.height < 40 and box.x0 > 70 and box.x1 < 530, f"clickable: {box}")


@case("bulletin-articles-as-alone")
def _():
    """Lines of an article are broken as in a document of its own: the same templates, styles and measure."""
    alone = genpdf("--stop=text", TOP / "records" / "news-2032-07-pipes.xml").text
    inside = genpdf("--stop=text", RECORD).text
    body = [line for line in alone.split("\n") if len(line.strip()) > 20]
    check(len(body) >= 8, "too few lines to compare")
    equal([line for line in body if line not in inside], [], "lines set otherwise")


@case("bulletin-deterministic")
def _():
    genpdf(RECORD, "-o", tmp / "again.pdf")
    check((tmp / "own.pdf").read_bytes() == (tmp / "again.pdf").read_bytes(), "two runs differ")
    where = folder()
    for file in TOP.glob("records/*.xml"):
        (where / file.name).write_bytes(file.read_bytes())
    news_file = where / "news-2032-07-pipes.xml"
    news_file.write_text(news_file.read_text(encoding="utf-8").replace("460万元", "461万元"), encoding="utf-8")
    genpdf(where / RECORD.name, "-o", tmp / "other.pdf")
    ids = [re.search(rb"/ID\s*\[\s*<([0-9A-Fa-f]+)>", (tmp / f).read_bytes()) for f in ("own.pdf", "other.pdf")]
    if all(ids):
        check(ids[0][1] != ids[1][1], "another text in an article, the same identity of the file")


# ---- page numbers ----

@case("bulletin-numbers-are-true")
def _():
    """From one article to forty: contents of a line up to those of several pages, numbers of one digit to three."""
    for count, lines in ((1, 3), (9, 14), (12, 20), (40, 30)):
        where = folder()
        files = [news(where, f"n{i}.xml", f"第{i}号线路改造情况通报", lines) for i in range(count)]
        doc = render(bulletin(where, *files))
        got = entries(doc, min(5, len(doc)))
        equal([title for title, _, _ in got], [f"第{i}号线路改造情况通报" for i in range(count)], f"contents of {count}")
        for title, number, _ in got:
            equal(number, page_of(doc, title), f"page of {title} of {count} ({len(doc)} pages)")
        equal([page for level, _, page in outline(where / "b.pdf") if level == 1], [n for _, n, _ in got], "outline")


@case("bulletin-leaders-stand-below-each-other")
def _():
    where = folder()
    titles = ["短", "不短不长的标题若干字", "白鹭区关于进一步加强山塘水库安全度汛工作情况的专题报告", "第5号A线"]
    doc = render(bulletin(where, *[news(where, f"n{i}.xml", t, 30) for i, t in enumerate(titles)]))
    dots = []
    for block in doc[0].get_text("rawdict")["blocks"]:
        for line in block.get("lines", []):
            row = [c["origin"][0] for s in line["spans"] for c in s["chars"] if c["c"] == "…"]
            dots += [row] if row else []
    equal(len(dots), len(titles), "lines with leaders")
    widest = max(dots, key=len)
    for row in dots:
        check(all(min(abs(x - w) for w in widest) < 0.02 for x in row), f"leaders off the others' places: {row[:3]}")
    check(len(set(map(len, dots))) > 1, "all leaders are equally long")


@case("bulletin-long-title-in-contents")
def _():
    where = folder()
    title = "示例市人民政府办公室关于转发市水务局等部门农村饮水安全巩固提升三年行动实施方案和任务分解的通知"
    doc = render(bulletin(where, news(where, "a.xml", title, 3), news(where, "b1.xml", "短题", 3)))
    got = entries(doc)
    equal([t for t, _, _ in got], [title, "短题"], "contents")


@case("bulletin-pages-that-never-settle")
def _():
    """A template that writes the number where it hangs the text behind it: one figure leaves room to hang from, so the text is narrow
    and long and what follows stands behind page 9; two figures leave none, and it stands before. There is no right number."""
    where = folder()
    news(where, "a.xml", "甲", 3)
    record = bulletin(where, "a.xml")
    layout = where / "own"
    layout.mkdir()
    (layout / "layout.xml").write_text("""<layout xmlns="urn:genpdf:layout" kind="bulletin">
  <use href="../bulletin/layout.xml"/><templates href="templates.xsl"/>
  <page name="body" width="80mm" height="90mm" top="10mm" bottom="10mm" left="10mm" right="10mm" mirrored="no"/>
  <style name="narrow" based-on="body" size="10pt" leading="12pt" gap="split"/></layout>""", encoding="utf-8")
    # 60 mm are 17 em of 10 pt; further lines need 4 em to hang.
    (layout / "templates.xsl").write_text(f"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="urn:genpdf:layout"><xsl:import href="../bulletin/templates.xsl"/>
  <xsl:template match="contents"><p style="narrow"><space width="12.25em"/><page-of href="{{../body/include/@href}}"/><hang/>{'页' * 900}</p>
  </xsl:template></xsl:stylesheet>""", encoding="utf-8")
    status, said = messages("check", record, "-l", layout)
    equal((status, [m["code"] for m in said]), (2, ["page-unsettled"]), "messages")
    check("甲" in said[0]["message"] and Path(said[0]["file"]).name == "templates.xsl", said[0])


# ---- what may be included ----

@case("bulletin-of-two-languages")
def _():
    where = folder()
    doc = render(bulletin(where, news(where, "a.xml", "甲乡通电"), news(where, "b1.xml", "乙鄉復電", lang="zh-Hant-TW")))
    fonts = {s["font"] for page in doc for b in page.get_text("dict")["blocks"] for line in b.get("lines", [])
             for s in line["spans"] if "鄉" in s["text"] and s["size"] > 20}
    here = {s["font"] for page in doc for b in page.get_text("dict")["blocks"] for line in b.get("lines", [])
            for s in line["spans"] if "甲乡" in s["text"] and s["size"] > 20}
    check(fonts and here and not fonts & here, f"faces of the titles: {here} and {fonts}")


@case("bulletin-of-every-kind")
def _():
    """Every record of records/ that is no bulletin, in one."""
    where = folder()
    files = []
    for file in sorted(TOP.glob("records/*.xml")):
        if 'kind="bulletin"' not in file.read_text(encoding="utf-8"):
            (where / file.name).write_bytes(file.read_bytes())
            files.append(file.name)
    doc = render(bulletin(where, *files))
    equal(len([1 for level, _, _ in outline(where / "b.pdf") if level == 1]), len(files), "articles in the outline")
    foot = [[squeeze(t) for t, _, _, y in words(page) if y > 262 and re.search(r"—\d+—", squeeze(t))] for page in doc]
    wide = [n for n, page in enumerate(doc, 1) if page.rect.width > page.rect.height]
    check(all(f == [f"—{n}—"] for n, f in enumerate(foot, 1) if n not in wide), "page numbers run through")


@case("bulletin-wrong-names")
def _():
    where = folder()
    news(where, "good.xml")
    (where / "sub").mkdir()
    news(where / "sub", "in.xml")
    outside = folder()
    news(outside, "out.xml")
    (where / "link.xml").symlink_to(outside / "out.xml")
    (where / "dir.xml").mkdir()
    os.mkfifo(where / "pipe.xml")
    for name, why in (("sub/in.xml", "same folder"), ("../x.xml", "same folder"), ("/etc/passwd", "same folder"), (".", "same folder"),
                      ("..", "same folder"), (".hidden.xml", "same folder"), ("sub\\in.xml", "same folder"),
                      ("absent.xml", "no such file"), ("dir.xml", "no such file"), ("pipe.xml", "no such file"),
                      ("link.xml", "out of the folder")):
        refused(bulletin(where, "good.xml", name), "record-include", 4, 42 + len("good.xml"), why)


@case("bulletin-link-inside-the-folder")
def _():
    where = folder()
    news(where, "good.xml", "甲乡通电")
    (where / "alias.xml").symlink_to("good.xml")
    equal(messages("check", bulletin(where, "alias.xml"))[0], 0, "status")


@case("bulletin-cycles")
def _():
    where = folder()
    refused(bulletin(where, "b.xml"), "record-include", 4, 24, "b.xml -> ")
    bulletin(where, "c.xml", file="b.xml")
    bulletin(where, "d.xml", file="c.xml")
    bulletin(where, "b.xml", file="d.xml")
    refused(where / "b.xml", "record-include", 4, 24, "includes itself", file="d.xml")
    news(where, "a.xml")
    refused(bulletin(where, "a.xml", "a.xml"), "record-include", 4, 47, "twice")


@case("bulletin-in-a-bulletin")
def _():
    """A volume of two issues: contents of each say the pages of the whole."""
    where = folder()
    for k in "ab":
        bulletin(where, *[news(where, f"{k}{i}.xml", f"{k}{i}号通报", 25) for i in range(3)], file=f"{k}.xml", name="供电简报" + k)
    doc = render(bulletin(where, "a.xml", "b.xml", file="all.xml", name="合订本"))
    got = [(t, n) for t, n, _ in entries(doc, len(doc))]
    for title, number in got:
        if title[0] in "ab":
            equal(number, page_of(doc, title), f"page of {title}")
    equal(len([t for t, _ in got if t[0] in "ab"]), 6, f"lines of the inner contents: {got}")
    equal([level for level, _, _ in outline(where / "all.pdf")], [1, 2, 2, 2, 1, 2, 2, 2], "levels of the outline")


@case("bulletin-limits")
def _():
    where = folder()
    news(where, "n.xml")
    names = [f"b{i}.xml" for i in range(6)]
    for i, name in enumerate(names):
        bulletin(where, names[i + 1] if i < 5 else "n.xml", file=name)
    refused(where / "b0.xml", "xml-limit", 4, 24, "4 deep", file="b4.xml")
    equal(messages("check", where / "b1.xml")[0], 2, "five deep")
    equal(messages("check", where / "b2.xml")[0], 0, "four deep")
    for i in range(257):
        news(where, f"m{i}.xml", lines=1)
    refused(bulletin(where, *[f"m{i}.xml" for i in range(257)]), "xml-limit", 4,
            24 + sum(len(f'm{i}.xml"/><include href="') for i in range(256)), "256")


@case("bulletin-errors-name-the-article")
def _():
    where = folder()
    news(where, "bad.xml", body="<p>甲</p>\n<para>乙</para>")
    news(where, "good.xml")
    refused(bulletin(where, "bad.xml", "good.xml"), "record-element", 4, 1, "<para>", file="bad.xml")
    (where / "bad.xml").write_text("<record kind='news'", encoding="utf-8")
    status, said = messages("check", where / "b.xml")
    equal((status, Path(said[0]["file"]).name, said[0]["code"]), (2, "bad.xml", "xml-syntax"), "not well-formed")
    news(where, "bad.xml", body="<p>甲\U000F1234乙</p>")
    status, said = messages("check", where / "b.xml")
    equal([(Path(m["file"]).name, m["line"], m["column"]) for m in said if m["code"] == "glyph-missing"], [("bad.xml", 3, 13)], "no glyph")
    news(where, "bad.xml", body='<p>甲</p>')
    text = (where / "bad.xml").read_text(encoding="utf-8").replace('kind="news"', 'kind="newz"')
    (where / "bad.xml").write_text(text, encoding="utf-8")
    refused(where / "b.xml", "record-kind", 1, 15, "newz", file="bad.xml")


@case("bulletin-all-errors-at-once")
def _():
    where = folder()
    for name in "ac":
        news(where, f"{name}.xml", body="<para>乙</para>")
    news(where, "good.xml")
    status, said = messages("check", bulletin(where, "a.xml", "absent.xml", "good.xml", "c.xml"))
    equal((status, sorted(Path(m["file"]).name for m in said)), (2, ["a.xml", "b.xml", "c.xml"]), "files with errors")


@case("bulletin-from-standard-input")
def _():
    where = folder()
    news(where, "a.xml")
    text = bulletin(where, "a.xml").read_bytes()
    run = genpdf("-", "-o", where / "x.pdf", "--lang=en", stdin=text, cwd=where, fails=True)
    check(run.status == 2 and "standard input" in run.messages, run)
    check(not (where / "x.pdf").exists(), "a PDF was made")


@case("bulletin-places-every-article-once")
def _():
    where = folder()
    news(where, "a.xml", "甲乡通电")
    record = bulletin(where, "a.xml")
    for body, why in (("", "nowhere"), ('<include href="{include/@href}"/><include href="{include/@href}"/>', "twice"),
                      ('<include href="{include/@href}"/><include href="z.xml"/>', "no such"),
                      ('<include href="{include/@href}"/><p><page-of href="z.xml"/></p>', "no such"),
                      ('<include href="{include/@href}"/><p><link href="z.xml">甲</link></p>', "no such")):
        layout = where / "own"
        layout.mkdir(exist_ok=True)
        (layout / "layout.xml").write_text('<layout xmlns="urn:genpdf:layout" kind="bulletin"><use href="../bulletin/layout.xml"/>'
                                           '<templates href="templates.xsl"/></layout>', encoding="utf-8")
        (layout / "templates.xsl").write_text(
            '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">'
            f'<xsl:import href="../bulletin/templates.xsl"/><xsl:template match="body">{body}</xsl:template></xsl:stylesheet>',
            encoding="utf-8")
        status, said = messages("check", record, "-l", layout)
        equal((status, {m["code"] for m in said} - {"layout-name"}), (2, {"layout-include"}), body)  # no mark for running heads either
        check(any(why in m["message"] for m in said), f"{why}: {said}")


@case("bulletin-part-names-a-layout")
def _():
    """<part name="news" layout="X"/>: included news items are set by X; a wrong name is said at its place."""
    where = folder()
    news(where, "a.xml", "甲乡通电", 2)
    record = bulletin(where, "a.xml")
    layout = where / "own"
    layout.mkdir()
    file = layout / "layout.xml"
    for part, want in (("monthly-plan", "layout-kind"), ("newz", "layout-missing")):
        file.write_text('<layout xmlns="urn:genpdf:layout" kind="bulletin"><use href="../bulletin/layout.xml"/>\n'
                        f'<part name="news" layout="{part}"/></layout>', encoding="utf-8")
        status, said = messages("check", record, "-l", layout)
        equal((status, [m["code"] for m in said]), (2, [want]), part)


@case("bulletin-other-sheets")
def _():
    """An included record whose layout has another sheet keeps its own pages; behind it go on those of the bulletin. pages="own" asks
    for that with any layout."""
    where = folder()
    table = "responsibility-table-2032-04.xml"
    (where / table).write_bytes((TOP / "records" / table).read_bytes())
    record = bulletin(where, news(where, "a.xml", "甲乡通电", 2), table, news(where, "c.xml", "丙乡通电", 2))
    layout = where / "own"
    layout.mkdir()
    (layout / "layout.xml").write_text('<layout xmlns="urn:genpdf:layout" kind="bulletin"><use href="../bulletin/layout.xml"/>'
                                       '<part name="responsibility-table" layout="responsibility-table-landscape"/></layout>',
                                       encoding="utf-8")
    doc = render(record, where / "wide.pdf", "-l", layout)
    wide = [page.rect.width > page.rect.height for page in doc]
    check(True in wide and not wide[0] and not wide[-1], f"landscape pages: {wide}")
    first = wide.index(True) + 1
    equal([n for _, n, _ in entries(doc)], [1, first, first + wide.count(True)], "contents")
    equal([page for level, _, page in outline(where / "wide.pdf") if level == 1], [1, first, first + wide.count(True)], "outline")
    last = [squeeze(t) for t, _, _, y in words(doc[-1]) if y > 262]
    equal(last, [f"—{len(doc)}—"], "foot of the last page")
    (layout / "layout.xml").write_text('<layout xmlns="urn:genpdf:layout" kind="bulletin"><use href="../bulletin/layout.xml"/>'
                                       '<templates href="templates.xsl"/></layout>', encoding="utf-8")
    (layout / "templates.xsl").write_text(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">'
        '<xsl:import href="../bulletin/templates.xsl"/><xsl:template match="include"><include href="{@href}" pages="own" mark="article"/>'
        '</xsl:template></xsl:stylesheet>', encoding="utf-8")
    doc = render(record, where / "pages.pdf", "-l", layout)
    equal([n for _, n, _ in entries(doc)], [2, 3, 4], "each on pages of its own")
    foot = [squeeze(t) for t, _, _, y in words(doc[2]) if y > 275]
    check(foot and foot[0].startswith("第3页"), f"foot of the table's own page: {foot}")


@case("bulletin-fonts-and-stages")
def _():
    """What the other commands make of it: fonts of the articles too, every stage."""
    listed = genpdf("fonts", RECORD, "--lang=en").text
    check("Fandol" in listed or "FangSong" in listed or "仿宋" in listed, listed[:300])
    for stage in ("record", "layout", "doc", "vlist", "list", "text", "runs"):
        check(len(genpdf(f"--stop={stage}", RECORD).text) > 500, stage)
    check("anchor=" in genpdf("--stop=doc", RECORD).text and "\nlink " in genpdf("--stop=list", RECORD).text, "places and links")


finish()
