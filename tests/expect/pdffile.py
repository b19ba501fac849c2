"""Reads the bytes of a PDF as ISO 32000-1, 7 has it, and notes where ISO 19005-2, 6.1 wants it stricter: header, cross-reference
stream, object streams, the words around objects and streams, strings, names, numbers.

Takes: a path.  Gives: File with .objects (number -> value), .trailer, .faults.  Values as those of tests/picture/pdfread.py: dict, list,
Name, Ref, bytes, int, float; Stream with .dict, .data; true, false, null are Operators."""

import re
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "picture"))
from pdfread import Name, Operator, Reader, Ref  # noqa: E402

MOST_OBJECTS, MOST_STRING, MOST_NAME, MOST_INTEGER = 8388607, 32767, 127, 2147483647
HEAD = re.compile(rb"(\d+) (\d+) obj\n")


class Stream:
    def __init__(self, dictionary, raw):
        self.dict, self.raw = dictionary, raw
        self.data = raw
        if dictionary.get("Filter") == "FlateDecode":
            self.data = zlib.decompress(raw)
            parms = dictionary.get("DecodeParms")
            if parms:
                self.data = unpredict(self.data, parms)


def unpredict(data, parms):
    """PNG's predictors as we use them: every row is the difference from the one above."""
    if parms.get("Predictor") != 12:
        raise ValueError(f"predictor {parms}")
    wide = parms["Columns"]
    above, out = bytes(wide), bytearray()
    for at in range(0, len(data), wide + 1):
        if data[at] != 2:
            raise ValueError("another PNG predictor than 2")
        above = bytes((a + b) & 255 for a, b in zip(above, data[at + 1:at + 1 + wide]))
        out += above
    return bytes(out)


class File:
    def __init__(self, path):
        self.data = Path(path).read_bytes()
        self.faults, self.objects, self.trailer = [], {}, {}
        self.ends = []           # (from, to) of each object in the file
        self.frame()
        self.table()
        for number, value in self.objects.items():
            self.values(number, value)

    def fault(self, *words):
        self.faults.append(" ".join(str(w) for w in words))

    # ---- what others ask ----

    def get(self, value):
        while isinstance(value, Ref):
            value = self.objects[value]
        return value

    def stream(self, ref):
        return self.get(ref).data

    def pages(self):
        """(number, dictionary) of every page, in order."""
        def under(ref):
            node = self.get(ref)
            if node["Type"] == "Page":
                yield ref, node
            for kid in node.get("Kids", []) if node["Type"] == "Pages" else []:
                if self.get(kid).get("Parent") != ref:
                    self.fault("page node", kid, "has another parent")
                yield from under(kid)
        yield from under(self.root["Pages"])

    def fonts(self, page):
        return self.get(self.get(page["Resources"])["Font"])

    # ---- the frame of the file: 6.1.2, 6.1.3 ----

    def frame(self):
        d = self.data
        if not re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4,}\n", d):
            self.fault("6.1.2: header", d[:20])
        if d.count(b"%%EOF") != 1 or not re.search(rb"\nstartxref\n\d+\n%%EOF\n?\Z", d):
            self.fault("6.1.3: the end is", d[-40:])

    # ---- cross-reference stream and objects: 6.1.4, 6.1.7, 6.1.9 ----

    def object_at(self, offset, number):
        head = HEAD.match(self.data, offset)
        if not head or int(head[1]) != number or int(head[2]):
            raise ValueError(f"no object {number} at {offset}")
        if offset and self.data[offset - 1] != 10:
            self.fault("6.1.9: object", number, "does not begin a line")
        reader = Reader(self.data)
        reader.at = head.end()
        value = reader.next()
        after = self.data[reader.at:reader.at + 8]
        if after == b"\nstream\n":
            start, n = reader.at + 8, value.get("Length")
            if not isinstance(n, int):
                raise ValueError(f"stream {number} has no length")
            if self.data[start + n:start + n + 18] != b"\nendstream\nendobj\n":
                self.fault("6.1.7.1: stream", number, "ends elsewhere:", self.data[start + n:start + n + 18])
            if set(value) & {"F", "FFilter", "FDecodeParms"} or value.get("Filter", "FlateDecode") != "FlateDecode":
                self.fault("6.1.7: stream", number, "has", sorted(value))
            self.ends.append((offset, start + n + 18))
            return Stream(value, self.data[start:start + n])
        if after != b"\nendobj\n":
            self.fault("6.1.9: object", number, "ends with", after)
        self.ends.append((offset, reader.at + 8))
        return value

    def table(self):
        at = int(re.search(rb"startxref\n(\d+)\n%%EOF", self.data)[1])
        number = int(HEAD.match(self.data, at)[1])
        table = self.object_at(at, number)
        d = table.dict
        if d.get("Type") != "XRef" or "Prev" in d or "Encrypt" in d or d.get("Index", [0, d["Size"]]) != [0, d["Size"]]:
            self.fault("6.1.4: cross-reference stream", d)
        if d["Size"] > MOST_OBJECTS:
            self.fault("6.1.13:", d["Size"], "objects")
        ids = d.get("ID", [])
        if len(ids) != 2 or not all(isinstance(i, bytes) and len(i) == 16 for i in ids):
            self.fault("6.1.3: ID", ids)
        self.trailer = d
        width, rows, packed = d["W"], [], {}
        for k in range(d["Size"]):
            row, fields = table.data[k * sum(width):(k + 1) * sum(width)], []
            for w in width:
                fields.append(int.from_bytes(row[:w], "big"))
                row = row[w:]
            rows.append(fields)
        if len(table.data) != d["Size"] * sum(width):
            self.fault("6.1.4: rows of the cross-reference stream")
        for k, (kind, a, b) in enumerate(rows):
            if (kind == 0) != (k == 0):
                self.fault("6.1.4: object", k, "is free" if kind == 0 else "is not")
            elif kind == 1:
                self.objects[k] = table if k == number else self.object_at(a, k)
            elif kind == 2:
                packed.setdefault(a, {})[b] = k
        for stream, members in packed.items():
            self.unpack(stream, members)
        self.between()
        self.root, self.info = self.get(d["Root"]), self.get(d["Info"])

    def unpack(self, number, members):
        """ISO 32000-1, 7.5.7."""
        stream = self.objects[number]
        n, first = stream.dict["N"], stream.dict["First"]
        if stream.dict["Type"] != "ObjStm" or sorted(members) != list(range(n)):
            self.fault("object stream", number, "has", n, "objects, the table says", len(members))
        head = [int(w) for w in stream.data[:first].split()]
        for i in range(n):
            if head[2 * i] != members.get(i):
                self.fault("object", head[2 * i], "of stream", number, "is", members.get(i), "in the table")
            reader = Reader(stream.data)
            reader.at = first + head[2 * i + 1]
            self.objects[head[2 * i]] = reader.next()
            end = first + head[2 * i + 3] if i + 1 < n else len(stream.data)
            if stream.data[reader.at:end].strip():
                self.fault("object", head[2 * i], "is followed by", stream.data[reader.at:end][:20])

    def between(self):
        """Nothing stands between objects."""
        at = self.data.index(b"\n", 9) + 1
        for start, end in sorted(self.ends):
            if start != at:
                self.fault("6.1: bytes", at, "to", start, "belong to nothing")
            at = end
        if not self.data[at:].startswith(b"startxref"):
            self.fault("6.1: bytes behind the last object")

    # ---- 6.1.6, 6.1.8, 6.1.13 ----

    def values(self, number, value):
        if isinstance(value, Stream):
            value = value.dict
        if isinstance(value, dict):
            for key, inner in value.items():
                if not isinstance(key, Name):
                    self.fault("object", number, "has the key", key)
                self.values(number, key)
                self.values(number, inner)
        elif isinstance(value, list):
            for inner in value:
                self.values(number, inner)
        elif isinstance(value, Ref):
            if value not in self.objects:
                self.fault("object", number, "names", int(value), "which is not there")
        elif isinstance(value, Name):
            if len(plain_name(value)) > MOST_NAME:
                self.fault("6.1.13: name", value)
        elif isinstance(value, bytes):
            if len(value) > MOST_STRING:
                self.fault("6.1.13: object", number, "has a string of", len(value), "bytes")
        elif isinstance(value, Operator):
            if value not in ("true", "false", "null"):
                self.fault("object", number, "has the word", value)
        elif isinstance(value, int) and abs(value) > MOST_INTEGER:
            self.fault("6.1.13: object", number, "has", value)


def plain_name(name):
    """Bytes of a name; they must be UTF-8 (6.1.8)."""
    raw = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), name.encode("latin-1"))
    raw.decode("utf-8")
    return raw


def text(value):
    """A text string (ISO 32000-1, 7.9.2.2)."""
    if value is None:
        return None
    return value[2:].decode("utf-16-be") if value.startswith(b"\xfe\xff") else value.decode("ascii")
