#!/usr/bin/python3
"""Monthly plans as a table: who leads and who helps stays said, the head of the column is the text's own word, the signature never
stands on a page without a row.

Takes: GENPDF, records/.  Gives: ok / not ok lines."""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect")]
from cases import TOP, case, check, command, equal, finish, folder, genpdf  # noqa: E402

tmp = folder()
RECORD = TOP / "records" / "monthly-plan-2031-06.xml"


def pages(record):
    """Text of the pages, without white space."""
    genpdf(record, "-l", "monthly-plan-table", "-o", tmp / "t.pdf")
    return [re.sub(r"\s", "", p) for p in command("pdftotext", "-layout", tmp / "t.pdf", "-").text.split("\f")][:-1]


def plan(items, more=""):
    path = tmp / "plan.xml"
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>\n<record kind="monthly-plan" version="1" xml:lang="zh-Hans" year="2032">\n'
                    f'<title>2032年8月工作计划</title>\n<body><section number="一、"><heading>8月工作计划</heading>{items}</section></body>\n'
                    f'{more}<signature><issuing-authority>示例市民政局</issuing-authority><date when="2032-07-30">2032年7月30日</date></signature>\n'
                    '</record>\n', encoding="utf-8")
    return path


def item(n, *responsible):
    return f'<item number="{n}."><p>完成第{n}项工作。</p>' + "".join(responsible) + "</item>"


def who(role, unit, label=None):
    return f'<responsible role="{role}"' + (f' label="{label}"' if label else "") + f"><unit>{unit}</unit></responsible>"


@case("plan-table-roles-of-a-record")
def _():
    text = "".join(pages(RECORD))
    several = [i for i in ET.parse(RECORD).getroot().iter("item") if len(i.findall("responsible")) > 1]
    check(several, "no item with several")
    labels = [r.get("label") for i in several for r in i.findall("responsible")]
    for label in set(labels):
        equal(text.count(label), labels.count(label), f"{label} printed")


@case("plan-table-roles")
def _():
    """One of the usual kind needs no word; a leader, a helper, or one of two does."""
    text = "".join(pages(plan(
        item(1, who("responsible", "甲科", "负责科室：")) + item(2, who("lead", "乙科", "牵头科室：")) +
        item(3, who("responsible", "丙科", "负责科室："), who("cooperating", "丁科", "配合科室：")) +
        item(4, who("lead", "戊科"), who("cooperating", "己科")) + item(5, who("responsible", "庚科", "责任单位：")) +
        item(6, who("responsible", "辛科")))))
    check("序号工作内容负责科室" in text, text)
    for said in ("牵头科室：乙科", "负责科室：丙科", "配合科室：丁科", "牵头：戊科", "配合：己科", "责任单位：庚科"):
        check(said in text, f"no {said}: {text}")
    for silent in ("负责科室：甲科", "：辛科"):
        check(silent not in text, f"{silent}: {text}")


@case("plan-table-without-lead-ins")
def _():
    check("序号工作内容责任单位" in "".join(pages(plan(item(1, who("responsible", "甲科"))))), "head")


@case("plan-table-signature-has-a-row")
def _():
    """However many rows: where the signature stands, a row stands, and authority and date stand together."""
    for n in range(1, 48):
        last = [p for p in pages(plan("".join(item(i, who("responsible", "甲科")) for i in range(1, n + 1)))) if "示例市民政局" in p]
        equal(len(last), 1, f"{n} items: pages with the signature")
        check(f"完成第{n}项工作" in last[0] and "2032年7月30日" in last[0], f"{n} items: {last}")


@case("plan-table-signature-behind-attachments")
def _():
    """Behind a note of attachments the signature stays where it was."""
    note = '<attachments-note label="附件："><attachment-ref>工作台账</attachment-ref></attachments-note>'
    text = "".join(pages(plan(item(1, who("responsible", "甲科")), note)))
    check(text.index("工作台账") < text.index("示例市民政局"), text)


finish()
