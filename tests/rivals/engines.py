"""The engines: how each makes a PDF of its markup.

Takes: markup of inputs.py; the programs, where installed; Typst's compiler from npm in build/rivals.
Gives: run(engine, document, folder) -> the PDF, seconds of user and system time, peak memory; None when not installed."""
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import inputs

LIBRE = ('pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
         '"PDFUACompliance":{"type":"boolean","value":"true"},"SelectPdfVersion":{"type":"long","value":"2"}}')
TYPST = """const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');
const c = NodeCompiler.create({ workspace: process.argv[2], fontArgs: [{ fontPaths: [process.argv[3]] }] });
require('fs').writeFileSync(process.argv[5], c.pdf({ mainFilePath: process.argv[4] }, { pdfStandard: 'a-2a' }));
"""


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def fonts_env(where):
    """The rivals that look for fonts themselves find the faces genpdf has, and only those."""
    conf = write(where / "fonts.conf", f"<fontconfig><dir>{inputs.FONTS}</dir><cachedir>{where / 'fc'}</cachedir></fontconfig>")
    return {**os.environ, "FONTCONFIG_FILE": str(conf), "HOME": str(where)}


def measured(args, where):
    """Runs it; seconds and MiB of it and its children. What it says is kept for a failure."""
    code = ("import resource, subprocess, sys; s = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL).returncode; "
            "u = resource.getrusage(resource.RUSAGE_CHILDREN); "
            "print('measured', u.ru_utime + u.ru_stime, u.ru_maxrss / 1024); sys.exit(s)")
    done = subprocess.run([sys.executable, "-c", code, *map(str, args)], cwd=where, env=fonts_env(where), capture_output=True)
    said = (done.stdout + done.stderr).decode(errors="replace")
    if done.returncode:
        raise RuntimeError(f"{args[0]}: status {done.returncode}: {said[-600:]}")
    line = next(line for line in said.split("\n") if line.startswith("measured"))
    return [float(word) for word in line.split()[1:]]


def genpdf(program, document, where):
    record, layout = (inputs.TEXT, "chronicle") if document == "text" else (inputs.TABLE, "responsibility-table")
    return [program, record, "-l", layout, "-o", where / "out.pdf"]


def weasyprint(program, document, where, texts):
    page = write(where / "in.html", inputs.html_text(texts) if document == "text" else inputs.html_table())
    return [program, "--pdf-variant", "pdf/ua-1", page, where / "out.pdf"]


def libreoffice(program, document, where, texts):
    write(where / "out.html", inputs.html_text(texts) if document == "text" else inputs.html_table())
    return [program, f"-env:UserInstallation={(where / 'profile').as_uri()}", "--headless", "--infilter=HTML (StarWriter)",
            "--convert-to", LIBRE, "--outdir", where, where / "out.html"]


def xelatex(program, document, where, texts):
    write(where / "out.tex", inputs.latex_text(texts) if document == "text" else inputs.latex_table())
    return ["sh", "-c", f"{program} -interaction=batchmode out.tex && {program} -interaction=batchmode out.tex"]


def fop(program, document, where, texts):
    write(where / "in.fo", inputs.fo_text(texts) if document == "text" else inputs.fo_table())
    conf = write(where / "fop.xml", inputs.fop_config())
    return [program, "-c", conf, where / "in.fo", where / "out.pdf"]


def typst(program, document, where, texts):
    write(where / "in.typ", inputs.typst_text(texts) if document == "text" else inputs.typst_table())
    script = write(Path(program).parent / "compile.js", TYPST)
    return ["node", script, where, inputs.FONTS, where / "in.typ", where / "out.pdf"]


def typst_folder():
    folder = inputs.TOP / "build" / "rivals" / "node_modules"
    return str(folder) if (folder / "@myriaddreamin").is_dir() else None


RIVALS = {
    "WeasyPrint": (lambda: shutil.which("weasyprint"), weasyprint),
    "LibreOffice": (lambda: shutil.which("soffice"), libreoffice),
    "XeLaTeX": (lambda: shutil.which("xelatex"), xelatex),
    "FOP": (lambda: shutil.which("fop"), fop),
    "Typst": (typst_folder, typst),
}


def run(engine, document, where, program, texts):
    where.mkdir(parents=True)
    args = genpdf(program, document, where) if engine == "genpdf" else RIVALS[engine][1](program, document, where, texts)
    seconds, mib = measured(args, where)
    return where / "out.pdf", seconds, mib
