"""Draws a page of a display list from the ORIGINAL font files with FreeType, as an array of darkness 0..1: the measure for
what renderers make of the PDF."""

import freetype
import numpy

import listdump

FLAGS = freetype.FT_LOAD_RENDER | freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP


class Pen:
    def __init__(self, dpi):
        self.dpi, self.faces = dpi, {}

    def face(self, font):
        if font not in self.faces:
            path, number = listdump.find_font(font)
            self.faces[font] = freetype.Face(path, index=number)
        return self.faces[font]

    def page(self, page):
        shape = (int(page.height * self.dpi / 72 + 2), int(page.width * self.dpi / 72 + 2))
        self.ink = numpy.zeros(shape)
        for rule in page.rules:
            self.rule(rule)
        for glyph in page.glyphs:
            self.glyph(self.face(page.fonts[glyph.font]), glyph)
        return self.ink

    def glyph(self, face, glyph):
        x, y = glyph.x * self.dpi / 72, -glyph.y * self.dpi / 72
        left, top = int(x // 1), int(y // 1)
        face.set_char_size(round(glyph.size * 64), 0, self.dpi, self.dpi)
        upright, turned = freetype.Matrix(0x10000, 0, 0, 0x10000), freetype.Matrix(0, -0x10000, 0x10000, 0)
        face.set_transform(turned if glyph.turned else upright,
                           freetype.Vector(round((x - left) * 64), round((y - top) * 64)))
        face.load_glyph(glyph.id, FLAGS)
        slot, bitmap = face.glyph, face.glyph.bitmap
        if bitmap.width and bitmap.rows:
            coverage = numpy.array(bitmap.buffer, dtype=float).reshape(bitmap.rows, bitmap.pitch)[:, :bitmap.width] / 255
            self.lay(left + slot.bitmap_left, -top - slot.bitmap_top, coverage, glyph.colour)

    def rule(self, rule):
        scale = self.dpi / 72
        across = span(rule.x * scale, (rule.x + rule.width) * scale)
        down = span(rule.y * scale, (rule.y + rule.height) * scale)
        self.lay(across[0], down[0], numpy.outer(down[1], across[1]), rule.colour)

    def lay(self, x, y, coverage, colour):
        height, width = self.ink.shape
        coverage = coverage[max(0, -y):height - y, max(0, -x):width - x]
        x, y = max(0, x), max(0, y)
        part = self.ink[y:y + coverage.shape[0], x:x + coverage.shape[1]]
        part += coverage * (darkness(colour) - part)


def darkness(rgb):
    return 1 - (0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255)) / 255


def span(start, end):
    """First pixel, and how much of each pixel lies between start and end."""
    first, last = int(start // 1), int(-(-end // 1))
    edges = numpy.clip(numpy.arange(first, last + 1), start, end)
    return first, numpy.diff(edges)


def read_pgm(path):
    with open(path, 'rb') as file:
        data = file.read()
    fields = data.split(None, 4)
    width, height, most = int(fields[1]), int(fields[2]), int(fields[3])
    pixels = numpy.frombuffer(data[-width * height:], dtype=numpy.uint8).reshape(height, width)
    return 1 - pixels / most
