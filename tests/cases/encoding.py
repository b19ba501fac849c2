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
sys.exit(0)
