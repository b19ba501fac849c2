#!/usr/bin/python3
"""Six gigabytes in a PDF of six megabytes, attached or as a page: verify and extract end with a message when they have had enough memory."""

import sys
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expect"))
import cases  # noqa: E402
from cases import GENPDF, TOP, Skip, case, check, finish, folder, genpdf  # noqa: E402

cases.LIMIT = 200
tmp = folder()
good = tmp / "good.pdf"
genpdf("--profile=a3a", TOP / "records/monthly-plan-2031-06.xml", "-o", good)


def swollen():
    """A deflated stream whose blocks stand alone: one of them many times."""
    c, zeros = zlib.compressobj(9), bytes(16 << 20)
    first = c.compress(zeros) + c.flush(zlib.Z_FULL_FLUSH)
    return first + (c.compress(zeros) + c.flush(zlib.Z_FULL_FLUSH)) * 400


def bomb(name, put):
    pdf = pikepdf.open(good)
    stream = pdf.make_stream(b"")
    stream.write(swollen(), filter=Name.FlateDecode)
    put(pdf, stream)
    pdf.save(tmp / name, fix_metadata_version=False)
    return tmp / name


def attached(pdf, stream):
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), Dictionary(UF=String("a"), EF=Dictionary(F=stream))])))


def a_page(pdf, stream):
    pdf.pages[0].Contents = stream


for verb, put in (("verify", attached), ("extract", attached), ("verify", a_page)):
    @case(f"bomb-{verb}-{put.__name__}")
    def _():
        if b"__asan_init" in Path(GENPDF).read_bytes():
            raise Skip("a sanitizer reserves terabytes of addresses: no limit is set")
        run = genpdf(verb, "--lang=en", bomb("bomb.pdf", put), *(["-o", tmp / "out"] if verb == "extract" else []), fails=True)
        check(run.status in (2, 3) and ("[pdf-broken]" in run.messages or "out of memory" in run.messages), run)

finish()
