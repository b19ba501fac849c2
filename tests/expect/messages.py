#!/usr/bin/python3
"""The index of messages for template authors and clerks, in Chinese and English: layouts/messages.md.

Takes: gen/base/diag.def (what is said), gen/base/diag.zh and genpdf.1 (what it means and what to do about it, Chinese and English),
gen/import/choices.def.  Gives: the index on standard output; text() and faults() for tests/cases/manual.py; chinese()."""

import re
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HEAD = """# 消息索引 · Message index

按代码排列。代码写在每条消息末尾的方括号里，不随语言改变；`…` 处是具体的名称、文字、数目。每格上行中文，下行英文。
`genpdf --lang zh` 用中文，`--diagnostics=json` 给程序用，见 `genpdf.1`。**错误**不改好不出 PDF，退出状态为 2，标 (3) 的为 3；
**警告**照样出 PDF，加 `--strict` 时退出状态为 1；**决定**和**提示**是导入文稿时说的，不是错误：决定列有“可选”的，不同意时改导入报告末尾那一行，
再用 `--answers` 导入一次；没有“可选”的，不同意时改文稿，或者改导入后的记录。

*By code, as in the brackets at each message's end; … stands for a name, a text, a number. Each cell has Chinese above, English below.
While there is an **error** there is no PDF, and the exit status is 2, or 3 where marked so; a **warning** lets the PDF be made, and leads to
status 1 under `--strict`; **decisions** and **remarks** are said by an import and are no faults: where a decision has choices, write
another into its line at the end of the report and import again with `--answers`; else change the text, or the record that was made.*

本文件由 `tests/expect/messages.py > layouts/messages.md` 生成，文字在 `gen/base/diag.def`、`gen/base/diag.zh` 和 `genpdf.1` · made from these.

| 代码 code | 级别 level | 消息 message | 含义和办法 meaning, and what to do |
|---|---|---|---|
"""
LEVELS = {"WORLD": "错误 error (3)", "ERROR": "错误 error", "WARNING": "警告 warning", "REMARK": "提示 remark", "DECISION": "决定 decision"}
MACROS = {"Ar", "Cm", "Ev", "Fl", "Ic", "Li", "Nm", "No", "Ns", "Pa", "Ql", "Sq", "Va"}


def read(name):
    return (TOP / name).read_text(encoding="utf-8")


def code_of(words):
    """Words of one macro line as one piece of code: Fl -profile Ns = Ns Cm a3a -> --profile=a3a."""
    out, glued = "", True
    for at, word in enumerate(words):
        if word == "Nm" and words[at + 1:at + 2] != ["genpdf"]:
            word = "genpdf"
        elif word in MACROS:
            glued |= word == "Ns"
            out += "-" if word == "Fl" else ""
            glued |= word == "Fl"
            continue
        out += ("" if glued else " ") + word
        glued = False
    return out


def inline(row):
    """A macro line as text."""
    words, end = row.split(), ""
    while len(words) > 1 and re.fullmatch(r"[,.;:)]", words[-1]):
        end = words.pop() + end
    if words[0] == "Pq":
        return f"({inline(' '.join(words[1:]))}){end}"
    code = code_of(words)
    return (code if re.match("genpdf($|')", code) else f"`{code}`" if words[0] in MACROS else code) + end


def plain(words):
    """Words of mdoc as text."""
    rows = []
    for row in words.strip().split("\n"):
        if re.match(r"\.(Pp|El|Bl|Ss)\b", row):
            break
        rows.append(inline(row[1:]) if row.startswith(".") else row)
    return " ".join(rows).replace("\\&", "")


def english():
    """{code: meaning} of the manual page."""
    page = read("genpdf.1")
    found = re.findall(r"^\.It Sy ([a-z-]+)(?: Pq .*)?\n((?:(?!\.It |\.El).*\n)+)", page[page.index(".Sh DIAGNOSTICS"):], re.M)
    return {code: plain(words) for code, words in found}


def chinese():
    """[(code, meaning)] of diag.zh."""
    return re.findall(r"^([a-z-]+) (.*)$", read("gen/base/diag.zh"), re.M)


def messages():
    """[(id, code, level, Chinese, English)]"""
    string = r'"((?:[^"\\]|\\.)*)"'
    found = re.findall(rf'^DIAG\((\w+),\s*"([^"]+)",\s*SEVERITY_(\w+),\s*{string},\s*{string}\)', read("gen/base/diag.def"), re.M)
    return [(name, code, level, *(re.sub(r"(?:%\d)+", "…", said.replace('\\"', '"')) for said in both)) for name, code, level, *both in found]


def choices():
    """{id: [(English, Chinese)]}"""
    out = {}
    for name, en, zh in re.findall(r'^CHOICE\((\w+), "([^"]+)", "([^"]+)"\)', read("gen/import/choices.def"), re.M):
        out.setdefault(name, []).append((en, zh))
    for name in re.findall(r"^YEAR\((\w+)\)", read("gen/import/choices.def"), re.M):
        out[name].append(("a year", "年份"))
    return out


def cell(zh, en):
    """Both languages in a cell of a table; what is code stays as it is."""
    parts = re.split("(`[^`]*`)", f"{zh}<br>{en}".replace("|", "\\|"))
    return "".join(part if part.startswith("`") else re.sub("<(?!br>)", "&lt;", part) for part in parts)


def text():
    zh_of, en_of, offered, rows = dict(chinese()), english(), choices(), []
    for name, code, level, zh, en in messages():
        about = [zh_of.get(code, ""), en_of.get(code, "")]
        if name in offered:
            about[0] += "可选：" + "、".join(word for _, word in offered[name]) + "。"
            about[1] += " Choices: " + ", ".join(word for word, _ in offered[name]) + "."
        rows.append(f"| `{code}` | {LEVELS[level]} | {cell(zh, en)} | {cell(*about)} |\n")
    return HEAD + "".join(sorted(rows))


def faults():
    """What is missing, or not as it should be, in either language."""
    listed, zh_of, en_of, offered, out = chinese(), dict(chinese()), english(), choices(), []
    codes = [code for _, code, *_ in messages()]
    if [code for code, _ in listed if code in codes] != [code for code in codes if code in zh_of]:
        out.append("diag.zh is not in the order of diag.def, or has a code twice")
    out += [f"{code}: no such code, in diag.zh" for code in zh_of if code not in codes]
    for name, code, *_ in messages():
        zh, en = zh_of.get(code, ""), en_of.get(code, "")
        if not re.fullmatch(r"(?=.*[\u4e00-\u9fff]{4}).{8,}。", zh):
            out.append(f"{code}: no Chinese meaning in gen/base/diag.zh, in whole sentences")
        if not re.fullmatch(r"[!-~ ]{15,}[.)]", en):
            out.append(f"{code}: no English meaning in genpdf.1, in whole sentences")
        known = {word for pair in offered.get(name, []) for word in pair}
        named = re.findall("[“或]“?([^“”]+)”", zh[zh.index("改选“"):]) if "改选“" in zh else []
        named += re.findall("`([^`]+)`", en[en.index("Choose "):]) if "Choose `" in en else []
        out += [f"{code}: {word} is no choice" for word in named if word not in known]
        if name in offered and not (re.search("改选|改写", zh) and re.search("Choose `|Write ", en)):
            out.append(f"{code}: no word about its choices")
    return out


if __name__ == "__main__":
    print(text(), end="")
