#!/usr/bin/python3
"""Titles of 15 to 60 characters: where they are broken, judged by rules of shape and by word boundaries set by hand.

GB/T 9704-2012 7.3.1: a title of several lines keeps its words whole, is symmetric, of fitting length, in the shape of a trapezoid or a
diamond.  A / in the titles below stands between words: a line may begin nowhere else.  [ ] holds what must stay on one line.

Takes: GENPDF.  Gives: ok / not ok lines."""

import re
import sys
import unicodedata
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "expect")]
from cases import case, check, equal, finish, folder, genpdf  # noqa: E402

tmp = folder()
MEASURE = 156 / (22 * 25.4 / 72)        # the type area in characters of 二号: 20.1

TITLES = """
[示例市民政局]/关于/开展/养老/服务/质量/专项/检查/的通知
[示例市民政局]/2031年/5月份/工作/小结/和/6月份/工作/计划
[示例市人民政府办公室]/关于/印发/示例市/2032年/重点/工作/责任分解表/的通知
[示例市人民政府办公室]/关于/印发/[《示例市养老服务条例实施细则》]/的通知
[中共示例市委]/[示例市人民政府]/关于/全面/推进/乡村/振兴/加快/农业/农村/现代化/的实施意见
[示例市卫生健康委员会]/2032年/上半年/工作/总结/和/下半年/工作/思路
[示例市水务局]/关于/进一步/加强/汛期/安全/管理/工作/的紧急/通知
[示例市教育局]/等/五部门/关于/做好/2032年/中小学/课后/服务/工作/的通知
关于/召开/全市/安全/生产/工作/会议/的通知
关于/调整/[示例市防汛抗旱指挥部]/组成/人员/的通知
关于/表彰/2031年度/全市/[“最美志愿者”]/和/[“优秀志愿服务组织”]/的决定
关于/2032年/部分/节假日/安排/的通知
关于/公布/示例市/第三批/非物质文化遗产/代表性/项目/名录/的通知
关于/同意/白鹭区/设立/[青禾镇人民政府]/便民/服务/中心/的批复
关于/对/[岚口县人民政府]/申请/调整/饮用/水源/保护区/范围/的批复
[示例市财政局]/[示例市税务局]/关于/延续/实施/小微/企业/税费/优惠/政策/的公告
[白鹭区人民政府]/关于/印发/[《白鹭区“十六五”国民经济和社会发展规划纲要》]/的通知
[示例市住房和城乡建设局]/关于/老旧/小区/改造/工程/质量/监督/检查/情况/的通报
[示例市应急管理局]/关于/2032年/第一/季度/安全/生产/形势/的分析/报告
[示例市人民代表大会常务委员会]/关于/批准/示例市/2031年/市级/财政/决算/的决议
[示例市文化和旅游局]/2031年/大事记
[示例市市场监督管理局]/关于/食品/安全/监督/抽检/不合格/情况/的通告/（[2032年第7期]）
[示例市统计局]/关于/第七次/全市/人口普查/主要/数据/的公报
关于/加快/推进/[“互联网＋政务服务”]/工作/的实施/方案
关于/举办/2032年/示例市/[“书香白鹭”]/全民/阅读季/系列/活动/的通知
[示例市生态环境局]/关于/征求/[《示例市扬尘污染防治管理办法（征求意见稿）》]/意见/的函
关于/印发/示例市/党政/机关/办公/用房/管理/办法/的通知
[示例市公安局]/关于/青禾/大桥/施工/期间/实行/交通/管制/的通告
[示例市自然资源局]/国有/建设/用地/使用权/挂牌/出让/公告
关于/开展/全市/学校/食堂/食品/安全/[“百日攻坚”]/专项/整治/行动/的通知
[示例市农业农村局]/关于/做好/当前/小麦/赤霉病/防控/工作/的紧急/通知
[示例市审计局]/关于/白鹭区/2031年度/预算/执行/和/其他/财政/收支/情况/的审计/报告
[示例市交通运输局]/关于/2032年/春运/工作/情况/的总结
关于/做好/高温/天气/下/户外/劳动者/防暑/降温/工作/的通知
[示例市发展和改革委员会]/关于/下达/2032年/第二批/省级/预算/内/投资/计划/的通知
全市/卫生/健康/工作/会议/暨/党风廉政/建设/工作/会议/召开
市政府/召开/常务/会议/研究/部署/老旧/小区/改造/和/养老/服务/体系/建设/工作
[示例市医疗保障局]/关于/调整/职工/医保/门诊/共济/保障/待遇/有关/问题/的通知
[示例市人力资源和社会保障局]/关于/开展/农民工/工资/支付/专项/检查/的通知
[示例市人民政府]/关于/任免/林望舒/等4名同志/职务/的通知
[云汀街道办事处]/2032年/上半年/[“我为群众办实事”]/项目/完成/情况/公示
[示例市人民政府办公室]/关于/成立/示例市/创建/国家/历史文化/名城/工作/领导小组/的通知
关于/加强/基层/医疗/卫生/机构/绩效/考核/的指导/意见
[示例市民政局]/关于/2032年/[80%以上]/社区/建成/[15分钟]/养老/服务/圈/的工作/方案
[示例市人民政府办公室]/关于/转发/[示例市发展和改革委员会]/等/部门/示例市/推进/新型/城镇化/建设/三年/行动/方案/的通知
[中共示例市委办公室]/[示例市人民政府办公室]/关于/印发/[《示例市党政机关过紧日子若干措施》]/和/[《示例市公务接待管理办法》]/的通知
[示例市卫生健康委员会]/[示例市财政局]/[示例市医疗保障局]/关于/进一步/做好/2032年/家庭/医生/签约/服务/工作/的通知
[示例市人民政府]/关于/公布/2031年度/全市/高质量/发展/综合/考核/评价/结果/并/表彰/先进/集体/和/先进/个人/的决定
关于/开展/2032年/全市/危险/化学品/生产/储存/经营/使用/企业/安全/生产/专项/检查/和/隐患/排查/整治/工作/的紧急/通知
[示例市人民代表大会常务委员会]/关于/加强/检察/公益/诉讼/工作/推动/生态/环境/和/自然/资源/保护/的决定
[示例市教育局]/[示例市公安局]/[示例市市场监督管理局]/关于/联合/开展/校园/周边/环境/综合/治理/[“护苗”]/专项/行动/的通知
[示例市人民政府]/关于/白鹭区/青禾镇/等/[12个乡镇]/（街道）/国土/空间/总体/规划/（2031—2035年）/的批复
""".strip().split("\n")

OPEN, CLOSE = "“‘《〈（([【〔", "”’》〉）)]】〕"


def width(s):
    """Characters of the title's size; a figure is about half of one."""
    return sum(0.55 if unicodedata.east_asian_width(c) in "NaH" and c.isascii() else 1.0 for c in s)


def lines_of(title, style=""):
    """The title's lines as the pages have them."""
    record = tmp / "news.xml"
    body = title if title.startswith("<line>") else title.replace("&", "&amp;")
    record.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<record kind="news" version="1" xml:lang="zh-Hans" year="2032">\n'
                      f'<title>{body}</title>\n<body><p>甲。</p></body></record>\n', encoding="utf-8")
    lines, last = [], None
    for y, text in re.findall(r'^text [\d.]+,([\d.]+) .* 22pt .*?"(.*)"$', genpdf(record, "--stop", "list", "-o", "-").text, re.M):
        if y != last:
            lines.append("")
        lines[-1] += text
        last = y
    return lines


def places(marked):
    """(title, byte places where a line may begin, pieces that stay whole)."""
    title, may, whole, start = "", set(), [], None
    for c in marked:
        if c == "/":
            may.add(len(title))
        elif c == "[":
            start = len(title)
        elif c == "]":
            whole.append((start, len(title)))
        else:
            title += c
    return title, may, whole


def shape(widths):
    """trapezoid, turned trapezoid, diamond, rectangle, or none of them."""
    steps = [b - a for a, b in zip(widths, widths[1:])]
    signs = [0 if abs(s) < 0.6 else 1 if s > 0 else -1 for s in steps]
    plain = [s for s in signs if s]
    if not plain:
        return "rectangle"
    turns = sum(a != b for a, b in zip(plain, plain[1:]))
    if turns == 0:
        return "trapezoid"
    return "diamond" if turns == 1 and plain[0] > 0 else "waist"


def faults(marked):
    title, may, whole = places(marked)
    lines = lines_of(title)
    widths = [width(line) for line in lines]
    said = []
    if "".join(lines) != title:
        return [f"lines say {lines}"]
    least = -(-width(title) // MEASURE)
    at = 0
    for line in lines[:-1]:
        at += len(line)
        if at not in may:
            broken = [title[a:b] for a, b in whole if a < at < b]
            # what is longer than a line has to be broken
            if not any(width(piece) > MEASURE for piece in broken):
                said.append(f"a word is broken: {title[max(at - 4, 0):at]}/{title[at:at + 4]}" + (f" in {broken[0]}" if broken else ""))
    for line in lines:
        if line[0] in "的" + CLOSE + "，。、；：":
            said.append(f"a line begins with {line[0]}")
        if line[-1] in OPEN:
            said.append(f"a line ends with {line[-1]}")
        if width(line) < 3:
            said.append(f"a line of {line}")
        if width(line) > MEASURE + 0.6:
            said.append(f"a line is longer than the measure: {line}")
    if shape(widths) == "waist":
        said.append("it has a waist")
    if len(lines) > least + 1:
        said.append(f"{len(lines)} lines where {least:.0f} would do")
    if len(lines) > 1 and min(widths) * 3 < max(widths):
        said.append("a line is shorter than a third of another")
    return said and ["/".join(lines)] + said


for marked in TITLES:
    @case(f"title-{places(marked)[0][:24]}")
    def _():
        equal(faults(marked), [], "faults")


@case("titles-are-many")
def _():
    lengths = [len(places(m)[0]) for m in TITLES]
    check(len(TITLES) >= 40 and min(lengths) <= 17 and max(lengths) >= 48, (len(TITLES), min(lengths), max(lengths)))


@case("title-set-by-hand")
def _():
    """Hand-set lines win, whatever their shape."""
    equal(lines_of("<line>关于</line><line>做好防汛工作的</line><line>通知</line>"), ["关于", "做好防汛工作的", "通知"], "lines")


@case("title-of-one-line")
def _():
    equal(lines_of("示例市民政局关于开展专项检查的通知"), ["示例市民政局关于开展专项检查的通知"], "lines")


if "--show" in sys.argv:
    for marked in TITLES:
        print("\n".join(line.center(24, "\u3000") for line in lines_of(places(marked)[0])), "\n")
finish()
