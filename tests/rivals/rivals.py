"""rivals: the same text and the same table by genpdf and by the engines it is measured against (README.md). `make rivals`, or
    rivals.py GENPDF FOLDER
Takes: the programs that are installed. Gives: two tables of facts read from the finished PDFs, and the PDFs in FOLDER."""
import shutil
import sys
from pathlib import Path

import engines
import facts
import inputs

HEAD = ("具体任务", "完成时限")


def made(engine, document, where, program, texts):
    """Both runs: the second only for its bytes."""
    pdf, seconds, mib = engines.run(engine, document, where / f"{engine}-{document}", program, texts)
    again, _, _ = engines.run(engine, document, where / f"{engine}-{document}-again", program, texts)
    return pdf, seconds, mib, pdf.read_bytes() == again.read_bytes()


def say(*cells):
    print("| " + " | ".join(str(c) for c in cells) + " |", flush=True)


def text_facts(engine, pdf, texts):
    extra, lost = facts.spaces(pdf, texts)
    return extra, lost, facts.bad_breaks(pdf)


def table_facts(engine, pdf, texts):
    t = facts.table(pdf, inputs.themes(), HEAD)
    return (f"{t['head']}/{t['pages']}", f"{t['label']}/{t['cut']}", f"{t['closed']}/{t['pages']}", f"{t['emptiest']:.0%}")


DOCUMENTS = {
    "text": (text_facts, ("false spaces", "lost characters", "bad line ends")),
    "table": (table_facts, ("head repeated", "cut label repeated", "frame closed", "emptiest page")),
}


def main(genpdf, folder):
    shutil.rmtree(folder, ignore_errors=True)
    texts = inputs.paragraphs(genpdf)
    present = {"genpdf": genpdf} | {name: find() for name, (find, _) in engines.RIVALS.items()}
    for document, (tell, names) in DOCUMENTS.items():
        print(f"\n{(inputs.TEXT if document == 'text' else inputs.TABLE).name}\n")
        say("engine", *names, "says it is", "same bytes twice", "kB", "s", "MiB")
        say(*["---"] * (len(names) + 6))
        for engine, program in present.items():
            if not program:
                print(f"skip {engine}: not installed")
                continue
            try:
                pdf, seconds, mib, same = made(engine, document, folder, program, texts)
                say(engine, *tell(engine, pdf, texts), ", ".join(facts.claims(pdf)), "yes" if same else "no",
                    pdf.stat().st_size // 1000, f"{seconds:.2f}", round(mib))
            except (RuntimeError, OSError) as fault:
                say(engine, str(fault)[-300:].replace("\n", " "))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
