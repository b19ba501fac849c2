"""Reads our PDFs as a strict reader would: objects, content streams, the place of every glyph, the embedded font programs.
Streams are opened by MuPDF; everything else is read here, independently of any renderer."""

import io
from collections import namedtuple

import fitz

Shown = namedtuple('Shown', 'font code x y size hidden turned')  # points, y up; font: resource name; turned: counter-clockwise


class Name(str):
    pass


class Operator(str):
    pass


class Ref(int):
    pass


BLANK, DELIMITER = b'\0\t\n\f\r ', b'()<>[]{}/%'
ESCAPES = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f'}


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def skip(self):
        while self.at < len(self.data):
            if self.data[self.at] in BLANK:
                self.at += 1
            elif self.data[self.at:self.at + 1] == b'%':
                while self.at < len(self.data) and self.data[self.at] not in b'\r\n':
                    self.at += 1
            else:
                return

    def word(self):
        start = self.at
        while self.at < len(self.data) and self.data[self.at] not in BLANK + DELIMITER:
            self.at += 1
        return self.data[start:self.at].decode('latin-1')

    def string(self):
        out, depth = bytearray(), 1
        while True:
            c = self.data[self.at:self.at + 1]
            self.at += 1
            if c == b'\\':
                c = self.data[self.at:self.at + 1]
                self.at += 1
                if c in b'01234567':
                    digits = c
                    while len(digits) < 3 and self.data[self.at:self.at + 1] in (b'0', b'1', b'2', b'3', b'4', b'5', b'6', b'7'):
                        digits += self.data[self.at:self.at + 1]
                        self.at += 1
                    out.append(int(digits, 8) & 255)
                elif c not in b'\r\n':
                    out += ESCAPES.get(c, c)
                continue
            if c == b'\r':  # an end of line in a string is LF, however it is written
                out += b'\n'
                self.at += self.data[self.at:self.at + 1] == b'\n'
                continue
            depth += (c == b'(') - (c == b')')
            if not c or not depth:
                return bytes(out)
            out += c

    def hexadecimal(self):
        end = self.data.index(b'>', self.at)
        digits = bytes(c for c in self.data[self.at:end] if c not in BLANK).decode()
        self.at = end + 1
        return bytes.fromhex(digits + '0' * (len(digits) % 2))

    def until(self, end):
        out = []
        while True:
            value = self.next()
            if value == end and isinstance(value, Operator):
                return out
            out.append(value)
            if value == 'R' and isinstance(value, Operator):
                out[-3:] = [Ref(out[-3])]

    def next(self):
        """The next value, None at the end. Closing brackets come as Operators."""
        self.skip()
        if self.at >= len(self.data):
            return None
        c, two = self.data[self.at:self.at + 1], self.data[self.at:self.at + 2]
        if two in (b'<<', b'>>'):
            self.at += 2
            if two == b'>>':
                return Operator('>>')
            pairs = self.until('>>')
            return dict(zip(pairs[::2], pairs[1::2]))
        if c in b'()<[]/':
            self.at += 1
            return {b'(': self.string, b'<': self.hexadecimal, b'[': lambda: self.until(']'), b']': lambda: Operator(']'),
                    b'/': lambda: Name(self.word())}[c]()
        word = self.word()
        try:
            return float(word) if '.' in word else int(word)
        except ValueError:
            return Operator(word)


class Pdf:
    def __init__(self, path):
        self.doc = fitz.open(path)
        self.objects = {}

    def get(self, value):
        """The object behind a reference; other values as they are."""
        while isinstance(value, Ref):
            if value not in self.objects:
                self.objects[value] = Reader(self.doc.xref_object(value, compressed=True).encode('utf-8', 'surrogateescape')).next()
            value = self.objects[value]
        return value

    def stream(self, ref):
        return self.doc.xref_stream(ref)

    def pages(self):
        for number in range(self.doc.page_count):
            yield self.get(Ref(self.doc[number].xref))

    def fonts(self, page):
        return self.get(self.get(page['Resources'])['Font'])

    def shown(self, page):
        """Every glyph of a page in the order of its content."""
        widths = {name: Widths(self, self.get(ref)) for name, ref in self.fonts(page).items()}
        return show(Reader(self.stream(page['Contents'])), widths)


class Widths:
    """Widths of the codes of a Type0 font, thousandths of an em."""

    def __init__(self, pdf, font):
        cid = pdf.get(pdf.get(font['DescendantFonts'])[0])
        self.default, self.by_code = cid.get('DW', 1000), {}
        w = list(pdf.get(cid.get('W', [])))
        while w:
            first, second = w[:2]
            if isinstance(second, list):
                self.by_code.update(zip(range(first, first + len(second)), second))
                del w[:2]
            else:
                self.by_code.update(dict.fromkeys(range(first, second + 1), w[2]))
                del w[:3]

    def of(self, code):
        return self.by_code.get(code, self.default)


def show(reader, widths):
    operands, font, size, hidden, spacing, turned = [], None, 0, False, 0, False
    line = pen = (0, 0)
    while True:
        value = reader.next()
        if value is None:
            return
        if not isinstance(value, Operator):
            operands.append(value)
            continue
        if value == 'BT':
            line = pen = (0, 0)
            turned = False
        elif value == 'Tm':
            if operands != [0, 1, -1, 0, 0, 0]:
                raise ValueError(f'text matrix {operands}')
            turned = True
        elif value == 'Td':
            line = pen = (line[0] + operands[0], line[1] + operands[1])
        elif value == 'Tf':
            font, size = str(operands[0]), operands[1]
        elif value == 'Tc':
            spacing = operands[0]
        elif value == 'Tr':
            hidden = operands[0] == 3
        elif value == 'TJ':
            for part in operands[0]:
                if not isinstance(part, bytes):
                    pen = (pen[0] - part / 1000 * size, pen[1])
                    continue
                for i in range(0, len(part), 2):
                    code = part[i] << 8 | part[i + 1]
                    x, y = (-pen[1], pen[0]) if turned else pen
                    yield Shown(font, code, x, y, size, hidden, turned)
                    pen = (pen[0] + widths[font].of(code) / 1000 * size + spacing, pen[1])
        elif value not in ('ET', 're', 'f', 'S', 'g', 'rg', 'G', 'w', 'J', 'q', 'Q', 'm', 'l', 'BMC', 'BDC', 'EMC'):
            raise ValueError(f'operator {value} is not known to this reader')
        operands = []


class Embedded:
    """The font program of a Type0 font: outline and advance of a code."""

    def __init__(self, pdf, font):
        cid = pdf.get(pdf.get(font['DescendantFonts'])[0])
        descriptor = pdf.get(cid['FontDescriptor'])
        self.truetype = cid['Subtype'] == 'CIDFontType2'
        if self.truetype:
            from fontTools.ttLib import TTFont
            self.font = TTFont(io.BytesIO(pdf.stream(descriptor['FontFile2'])))
            self.font.setGlyphOrder([f'g{i}' for i in range(self.font['maxp'].numGlyphs)])
            self.map = pdf.stream(cid['CIDToGIDMap'])
            self.upem = self.font['head'].unitsPerEm
        else:
            from fontTools.cffLib import CFFFontSet
            cff = CFFFontSet()
            cff.decompile(io.BytesIO(pdf.stream(descriptor['FontFile3'])), None, isCFF2=False)
            self.font = cff[0]
            self.upem = round(1 / self.font.FontMatrix[0])

    def outline(self, code):
        """(what a pen draws, advance in units of upem)"""
        from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
        if self.truetype:
            name = f'g{self.map[2 * code] << 8 | self.map[2 * code + 1]}'
            pen = DecomposingRecordingPen(self.font.getGlyphSet())
            self.font.getGlyphSet()[name].draw(pen)
            return pen.value, self.font['hmtx'][name][0]
        by_cid = hasattr(self.font, 'ROS')
        name = '.notdef' if code == 0 else f'cid{code:05d}' if by_cid else self.font.charset[code]
        pen = RecordingPen()
        charstring = self.font.CharStrings[name]
        charstring.draw(pen)
        return pen.value, charstring.width


class Original:
    """The same of a font file, by glyph number."""

    def __init__(self, path, number):
        from fontTools.ttLib import TTFont
        self.font = TTFont(path, fontNumber=number, lazy=True)
        self.glyphs = self.font.getGlyphSet()
        self.upem = self.font['head'].unitsPerEm

    def outline(self, glyph):
        from fontTools.pens.recordingPen import DecomposingRecordingPen
        name = self.font.getGlyphName(glyph)
        pen = DecomposingRecordingPen(self.glyphs)
        self.glyphs[name].draw(pen)
        return pen.value, self.font['hmtx'][name][0]
