#!/usr/bin/python3
"""The index of messages for template authors and clerks: layouts/messages.md, made of gen/base/diag.def and genpdf.1.

Takes: the two files.  Gives: the index on standard output; `text()` for tests/cases/manual.py, which compares it with the file."""

import re
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HEAD = """# 消息索引 · Message index

按代码排列。代码写在每条消息末尾的方括号里，不随语言改变；`…` 处是具体的名称、文字、数目。中文是消息本身，英文说明原因和办法。
`genpdf --lang zh` 用中文，`--diagnostics=json` 给程序用，见 `genpdf.1`。本文件由 `tests/expect/messages.py` 生成。
*By code, as in the brackets at each message's end; … stands for a name, a text, a number. The Chinese column is the message, the
English one says what causes it and what to do. Made by `tests/expect/messages.py > layouts/messages.md`.*

| 代码 code | 级别 | 消息 | meaning, and what to do |
|---|---|---|---|
"""
LEVELS = {"WORLD": "错误（3）", "ERROR": "错误", "WARNING": "警告", "REMARK": "提示", "DECISION": "决定"}


def plain(words):
    """Words of mdoc as text."""
    out = []
    for row in words.strip().split("\n"):
        macro = re.match(r"\.(\w+) ?(.*)", row)
        if not macro:
            out.append(row)
        elif macro[1] in ("Pp", "El", "Bl", "Ss"):
            break
        else:
            text = re.sub(r'\b(Ns|No|Pq|Ql|Sq|Li|Pa|Fl|Cm|Va|Ev|Ic|Nm|Ar)\b ?', lambda m: "-" if m[1] == "Fl" else "", macro[2]).strip()
            end = re.search(r" ([,.;:])$", text)
            mark, text = (end[1], text[:-2]) if end else ("", text)
            text = {"Fl": "-" + text, "Nm": "genpdf" + text}.get(macro[1], text)
            out.append({"Pq": f"({text})", "Li": f"`{text}`", "Fl": f"`{text}`", "Pa": f"`{text}`", "Ev": f"`{text}`"}.get(macro[1], text) + mark)
    return re.sub(r"\\&", "", " ".join(out)).replace("|", "\\|").replace("<", "&lt;").strip()


def entries():
    """{code: meaning} of the manual page."""
    page = (TOP / "genpdf.1").read_text(encoding="utf-8")
    found = re.findall(r"^\.It Sy ([a-z-]+)(?: Pq .*)?\n((?:(?!\.It |\.El).*\n)+)", page[page.index(".Sh DIAGNOSTICS"):], re.M)
    return {code: plain(words) for code, words in found}


def text():
    meanings, rows = entries(), []
    for word, severity, zh in re.findall(r'^DIAG\(\w+,\s*"([^"]+)",\s*SEVERITY_(\w+),\s*"((?:[^"\\]|\\.)*)"',
                                         (TOP / "gen/base/diag.def").read_text(encoding="utf-8"), re.M):
        zh = re.sub(r"(?:%\d)+", "…", zh.replace('\\"', '"')).replace("|", "\\|").replace("<", "&lt;")
        rows.append(f"| `{word}` | {LEVELS[severity]} | {zh} | {meanings.get(word, '')} |\n")
    return HEAD + "".join(sorted(rows))


if __name__ == "__main__":
    print(text(), end="")
