#!/usr/bin/env python3
"""Records and texts in other encodings: the same result as in UTF-8; bytes that are not in the encoding are reported
with their place, and nothing is made."""
import os, re, subprocess, sys, tempfile

genpdf = os.environ.get("GENPDF", "build/genpdf")
tmp = tempfile.mkdtemp(dir=os.environ.get("TMPDIR"))
record = open("records/monthly-plan-2031-06.xml", encoding="utf-8").read()
draft = open("records/drafts/monthly-plan-2031-06.txt", encoding="utf-8").read() \
    if os.path.exists("records/drafts/monthly-plan-2031-06.txt") else None


def put(name, data):
    path = os.path.join(tmp, name)
    with open(path, "wb") as f:
        f.write(data)
    return path


def run(*args):
    return subprocess.run([genpdf, "--lang=en", *args], capture_output=True)


def say(name, good, reason=""):
    print(f"ok {name}" if good else f"not ok {name} {reason}")


def text_of(path, *options):
    r = run(*options, "--stop=runs", path)
    return r.stdout if r.returncode == 0 else r.stderr


want = text_of(put("u8.xml", record.encode()))
head = '<?xml version="1.0" encoding="UTF-8"?>'
assert record.startswith(head)
for name, codec in (("GB18030", "gb18030"), ("gbk", "gb18030"), ("UTF-16", "utf-16"), ("UTF-16LE", "utf-16-le"),
                    ("UTF-16BE", "utf-16-be")):
    text = record.replace("UTF-8", name, 1)
    say(f"encoding-declared-{name}", text_of(put(f"{name}.xml", text.encode(codec))) == want)
bare = record[len(head):]
say("encoding-option", text_of(put("bare.xml", bare.encode("gb18030")), "--encoding=GB18030") ==
    text_of(put("bare8.xml", bare.encode())))

source = "records/drafts/" + sorted(f for f in os.listdir("records/drafts") if f.endswith(".txt"))[0]
plain = open(source, encoding="utf-8", newline="").read()
asis = run("import", source).stdout
say("encoding-text", asis and run("import", "--encoding=gb18030", put("t.txt", plain.encode("gb18030"))).stdout == asis)
say("encoding-text-utf16", run("import", put("t16.txt", plain.encode("utf-16"))).stdout == asis)

lines = plain.split("\n")
lines[2] = lines[2] + "\0"                      # a byte that begins nothing in GB18030
bad = "\n".join(lines).encode("gb18030").replace(b"\0", b"\xff\x20", 1)
r = run("import", "--encoding=gb18030", put("bad.txt", bad), "-o", os.path.join(tmp, "no.xml"))
place = re.search(rb"bad\.txt:3:\d+: error: .*\[encoding-bad\]", r.stderr)
say("encoding-bad", r.returncode == 2 and place and not os.path.exists(os.path.join(tmp, "no.xml")), r.stderr.decode()[:200])
say("encoding-bad-byte", str(bad.index(b"\xff\x20")).encode() in r.stderr, r.stderr.decode()[:200])
r = run("import", "--encoding=klingon", source)
say("encoding-unknown", r.returncode == 2 and b"[encoding-unknown]" in r.stderr, r.stderr.decode()[:200])
r = run("import", put("undeclared.txt", plain.encode("gb18030")))
say("encoding-hint", r.returncode == 2 and b"[xml-encoding]" in r.stderr and b"--encoding" in r.stderr, r.stderr.decode()[:200])


def refused(name, data, place, words, *options, ending=".xml"):
    r = run("check", put(name + ending, data), *options)
    want = f"{name}{ending}:{place}".encode()
    say(f"encoding-{name}", r.returncode == 2 and want in r.stderr and all(w.encode() in r.stderr for w in words), r.stderr.decode()[:300])


# What is declared is not what is there: said at the declaration, with the byte and what to write instead.
declared = [record.replace("UTF-8", name, 1).encode() for name in ("GBK", "UTF-16", "Big5")]
for name, data in zip(("GBK", "UTF-16", "Big5"), declared):
    first = 0 if name == "UTF-16" else next(i for i, b in enumerate(data) if b >= 0x80)
    refused(f"utf8-declared-{name}", data, "1:31", [f"not valid {name} from byte {first} ", "all of it is UTF-8: declare UTF-8", "[encoding-bad]"])
short = '<?xml version="1.0" encoding="GB18030"?><record kind="chronicle" version="1"><title>示例市</title>'.encode()
assert "示例市大".encode().decode("gb18030")
refused("utf8-that-gb18030-could-read", short.replace("示例市".encode(), "示例市大".encode()), "1:31", ["all of it is UTF-8"])
refused("utf8-by-option", plain.encode(), "1:1" if ord(plain[0]) > 127 else "1:2", ["leave out --encoding"], "--encoding=gbk", ending=".txt")
refused("gbk-declared-UTF-16", record.replace("UTF-8", "UTF-16", 1).encode("gb18030"), "1:31", ["from byte 0", "it may be GB18030"])
refused("nothing-declared", record.replace("UTF-8", "", 1).encode(), "1:31", ['declared encoding "" is not supported', "[xml-declared]"])
refused("utf-32", record.encode("utf-32"), "1:1", ['"UTF-32" is not supported'])
refused("utf-16-text", plain.lstrip("\ufeff").encode("utf-16-be"), "1:", ["it may be UTF-16BE", "--encoding UTF-16BE"], ending=".txt")

# A mark at the start outweighs the declaration; without both the look of UTF-16 does.
gbk = record.replace("UTF-8", "GBK", 1)
for name, data in (("mark-of-utf8", b"\xef\xbb\xbf" + gbk.encode()), ("mark-of-utf16", gbk.encode("utf-16")), ("utf16le-bare", bare.strip().encode("utf-16-le")),
                   ("utf16be-bare", bare.strip().encode("utf-16-be")), ("gb18030-as-gb2312", record.replace("UTF-8", "gb2312", 1).encode("gb18030")),
                   ("windows-936", record.replace("UTF-8", "windows-936", 1).encode("gbk"))):
    want_here = want if "bare" not in name else text_of(put("stripped.xml", bare.strip().encode()))
    say(f"encoding-{name}", text_of(put(f"{name}.xml", data)) == want_here)

# Four bytes of GB18030 beyond the last character.
data = record.replace("UTF-8", "GB18030", 1).encode("gb18030")
at = data.index(b"<title>") + len(b"<title>")
before = data[:at].decode("gb18030")
place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
refused("gb18030-beyond", data[:at] + b"\xe3\x32\x9a\x36" + data[at:], place, [f"from byte {at} of the file"])
sys.exit(0)
