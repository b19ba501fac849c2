#!/usr/bin/python3
"""A signature is never alone on a page: bodies of every length up to two pages, in each kind that is signed.

Takes: GENPDF, pdftotext. Gives: ok / not ok lines."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
from cases import case, check, command, finish, folder, genpdf  # noqa: E402

where = folder()
SIGNED = "<signature><issuing-authority>示例市水务局</issuing-authority><date when=\"2033-07-03\"/></signature>"


def pages(kind, count, line):
    body = "".join(f"<p>{line}</p>" for _ in range(count))
    path = where / f"{kind}.xml"
    path.write_text(f'<record kind="{kind}" version="1" xml:lang="zh-Hans" year="2033"><title>示例市水务局工作总结</title>'
                    f"<body>{body}</body>{SIGNED}</record>", encoding="utf-8")
    pdf = where / f"{kind}.pdf"
    run = genpdf(path, "-o", pdf)
    check(run.status == 0, str(run))
    return command("pdftotext", "-enc", "UTF-8", pdf, "-").text.split("\f")[:-1]


for name, line in (("one-line", "完成年度防汛准备工作。"),
                   ("two-lines", "全市水务系统认真落实各项部署，汛前检查水库四十一座、堤防九十六公里、涵闸一百二十七处。")):
    @case(f"signature-beside-text-{name}")
    def _():
        alone, second = [], 0
        for count in range(12, 27):
            texts = pages("work-summary", count, line)
            holding = [t for t in texts if "2033年7月3日" in t]
            check(len(holding) == 1 and "示例市水务局\n" in holding[0], f"{count} paragraphs: signature and date on pages of their own")
            second += holding[0] != texts[0]
            if "。" not in holding[0]:
                alone.append(count)
        check(second > 3, f"only {second} lengths reach another page")
        check(not alone, f"alone after {alone} paragraphs")

finish()
