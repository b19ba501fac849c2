#!/usr/bin/python3
"""Make gen/text/uax14_table.c from the Unicode files of Debian's package unicode-data.

usage: uax14.py [FOLDER] > uax14_table.c      (FOLDER: /usr/share/unicode)

One word per range of equal properties: first code point << 11 | letter << 10 | wide << 9 | class;
and for each 256 code points of the first plane the range that they begin in.
Rule LB1 of UAX #14 is applied here: AI, SG, SA and XX become AL (marks of SA: CM), CJ becomes NS.
Emoji not yet assigned count as EB (LB30b)."""
import sys

CLASSES = ("AL B2 BA BB BK CB CL CM CP CR EB EM EX GL H2 H3 HL HY ID IN IS JL JT JV LF NL NS NU OP PO PR "
           "QU RI SP SY WJ ZW ZWJ").split()
TOP = 0x110000


def rows(path):
    for line in open(path, encoding="utf-8"):
        fields = [f.strip() for f in line.split("#")[0].split(";")]
        if fields[0]:
            ends = fields[0].split("..")
            yield int(ends[0], 16), int(ends[-1], 16), fields[1]


def fill(values, path, wanted=None):
    for lo, hi, value in rows(path):
        if wanted is None or value in wanted:
            values[lo:hi + 1] = [value] * (hi + 1 - lo)


def categories(path):
    out, first = ["Cn"] * TOP, 0
    for line in open(path, encoding="utf-8"):
        f = line.split(";")
        cp = int(f[0], 16)
        if f[1].endswith(", First>"):
            first = cp
        lo = first if f[1].endswith(", Last>") else cp
        out[lo:cp + 1] = [f[2]] * (cp + 1 - lo)
    return out


def breaks(folder, category):
    out = ["XX"] * TOP
    for lo, hi, cls in ((0x20A0, 0x20CF, "PR"), (0x3400, 0x4DBF, "ID"), (0x4E00, 0x9FFF, "ID"),
                        (0xF900, 0xFAFF, "ID"), (0x1F000, 0x1FAFF, "ID"), (0x1FC00, 0x1FFFD, "ID"),
                        (0x20000, 0x2FFFD, "ID"), (0x30000, 0x3FFFD, "ID")):
        out[lo:hi + 1] = [cls] * (hi + 1 - lo)
    fill(out, folder + "/LineBreak.txt")
    for lo, hi, value in rows(folder + "/emoji/emoji-data.txt"):
        if value == "Extended_Pictographic":
            for cp in range(lo, hi + 1):
                if category[cp] == "Cn":
                    out[cp] = "EB"
    plain = {"AI": "AL", "SG": "AL", "XX": "AL", "CJ": "NS"}
    for cp, cls in enumerate(out):
        if cls == "SA":
            out[cp] = "CM" if category[cp] in ("Mn", "Mc") else "AL"
        else:
            out[cp] = plain.get(cls, cls)
    return out


def wide(folder):
    out = ["N"] * TOP
    for lo, hi in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD),
                   (0x30000, 0x3FFFD)):
        out[lo:hi + 1] = ["W"] * (hi + 1 - lo)
    fill(out, folder + "/EastAsianWidth.txt")
    return out


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
    version = open(folder + "/LineBreak.txt", encoding="utf-8").readline().split("-")[1].split(".txt")[0]
    category = categories(folder + "/UnicodeData.txt")
    cls, width = breaks(folder, category), wide(folder)
    words, blocks, last = [], [], None
    for cp in range(TOP):
        now = (CLASSES.index(cls[cp]) | (width[cp] in "WF") << 9 | (category[cp][0] == "L") << 10)
        if now != last:
            words.append(cp << 11 | now)
            last = now
        if cp % 256 == 0 and cp <= 0x10000:
            blocks.append(len(words) - 1)
    print("/* Made by uax14.py from Unicode %s: do not edit.\n"
          " * Ranges of equal line breaking class, width and letterhood; see uax14.c. */" % version)
    print('#include "text/han.h"\n\nconst uint32_t uax14_ranges[] = {')
    for i in range(0, len(words), 8):
        print("\t" + " ".join("0x%08x," % w for w in words[i:i + 8]))
    print("};\nconst size_t uax14_n_ranges = sizeof(uax14_ranges) / sizeof(*uax14_ranges);\n")
    print("const uint16_t uax14_blocks[] = {")
    for i in range(0, len(blocks), 16):
        print("\t" + " ".join("%d," % b for b in blocks[i:i + 16]))
    print("};\nconst size_t uax14_n_blocks = sizeof(uax14_blocks) / sizeof(*uax14_blocks) - 1;")


main()
