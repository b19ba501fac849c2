"""bench: what genpdf costs against the floor (README.md). `make bench`, or
    bench.py FOLDER-WITH-PROGRAMS genpdf [--check] [PAGES…]
Takes: genpdf, genpdf-stages, floor; valgrind. Gives: tables of instructions, time and memory for documents of PAGES pages (12, 100, 500).
Status 1 when a ratio is over its limit. With --check it prints `ok`/`not ok` lines for the instructions only."""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as et

import text

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
LIMITS = {12: 1.6, 100: 2.0, 500: 2.0}
LINEAR = 1.1            # what a page costs from 100 pages to 500, against from 12 to 100
RUNS = 5                # the quickest counts
ROLES = {'t': 'xiaobiaosong', 'h': 'heiti', 'k': 'kaiti', 'f': 'fangsong',
         'T': 'xiaobiaosong', 'H': 'latin-halfwidth-sans', 'K': 'latin-halfwidth', 'F': 'latin-halfwidth'}
# name, function, file it stands in; deeper ones are parts of the one before.
STAGES = [
    ('main', 'main', 'main.c'),
    ('  record', 'record_open', 'record.c'),
    ('    parse', 'xml_parse', 'parse.c'),
    ('    validate', 'xml_validate', 'schema.c'),
    ('  layout', 'layout_open', 'layout.c'),
    ('  bind', 'layout_bind', 'bind.c'),
    ('    transform', 'xml_transform', 'transform.c'),
    ('  fonts', 'font_set_check', 'font.c'),
    ('  flow', 'flow_run', 'flow.c'),
    ('    shape', 'text_shape', 'shape.c'),
    ('    wrap', 'text_wrap', 'wrap.c'),
    ('    pages', 'page', 'out_pdf.c'),
    ('      content', 'pdf_page_content', 'pdf_page.c'),
    ('  close', 'close', 'out_pdf.c'),
    ('    subset', 'font_subset', 'subset.c'),
    ('    save', 'door_close', 'hpdf_door.c'),
    ('deflate', 'libdeflate_zlib_compress', '???'),
    ('hb_shape', 'hb_shape', '???'),
]


# ---- what is measured ----

def families():
    """id -> (file, index), role -> ids, folders: as fonts.xml has them for zh-Hans."""
    ns = '{urn:genpdf:fonts}'
    path = os.path.join(TOP, 'fonts', 'fonts.xml')
    root = et.parse(path).getroot()
    folders = [os.path.join(os.path.dirname(path), p.get('dir')) for p in root.iter(ns + 'path')]
    files = {f.get('id'): (f.get('file'), f.get('index') or '0') for f in root.iter(ns + 'family')}
    roles = {}
    for role in root.iter(ns + 'role'):
        if role.get('lang') in (None, 'zh-Hans'):
            roles.setdefault(role.get('name'), [u.get('family') for u in role.iter(ns + 'use')])
    return folders, files, roles


def faces(letters):
    folders, files, roles = families()
    out = []
    for letter in sorted(letters):
        found = [(os.path.join(d, files[i][0]), files[i][1]) for i in roles[ROLES[letter]] for d in folders
                 if os.path.exists(os.path.join(d, files[i][0]))]
        # The folders come one after the other for each family: the first family present is first.
        if not found:
            sys.exit('bench: no font for the role %s; run make fonts' % ROLES[letter])
        out.append('%s=%s#%s' % ((letter,) + found[0]))
    return out


def level():
    """libdeflate's level, the one of genpdf."""
    with open(os.path.join(TOP, 'gen', 'out', 'out_pdf.c'), encoding='utf-8') as f:
        return re.search(r'\bLEVEL = (\d+)', f.read()).group(1)


class Document:
    def __init__(self, pages, folder):
        self.pages = pages
        self.record, self.text, self.pdf, self.floor_pdf = (
            os.path.join(folder, '%s%d.%s' % (n, pages, e))
            for n, e in (('b', 'xml'), ('b', 'txt'), ('b', 'pdf'), ('f', 'pdf')))
        text.main(pages, self.record, self.text)
        with open(self.text, encoding='utf-8') as f:
            self.letters = {run[0] for line in f for run in line.rstrip('\n').split('\t')}

    def genpdf(self, program):
        return [program, self.record, '-o', self.pdf]

    def floor(self, program):
        return [program, self.floor_pdf, level(), self.text] + faces(self.letters)


def words(pdf):
    out = subprocess.run(['pdftotext', '-raw', pdf, '-'], stdout=subprocess.PIPE, check=True).stdout.decode()
    return ''.join(out.split())


# ---- instructions ----

def callgrind(command, profile):
    """{(file, function): instructions with all that it called}, of the whole: ('', '')."""
    run = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=' + profile] + command,
                         stderr=subprocess.PIPE)
    if run.returncode:
        sys.exit('bench: %s fails:\n%s' % (command[0], run.stderr.decode(errors='replace')))
    out = subprocess.run(['callgrind_annotate', '--inclusive=yes', '--threshold=100', '--auto=no', profile],
                         stdout=subprocess.PIPE, check=True).stdout.decode(errors='replace')
    costs = {}
    for line in out.split('\n'):
        m = re.match(r' *([\d,]+) \(.*?\) +(.*)', line)
        if not m:
            continue
        n, where = int(m.group(1).replace(',', '')), m.group(2)
        if where == 'PROGRAM TOTALS':
            costs['', ''] = n
            continue
        file, _, function = re.sub(r' \[.*', '', where).rpartition(':')
        key = os.path.basename(file), function
        costs[key] = max(costs.get(key, 0), n)
    return costs


def millions(n):
    return '%.1f' % (n / 1e6)


def table(head, rows):
    rows = [head] + rows
    widths = [max(len(r[i]) for r in rows) for i in range(len(head))]
    for r in rows:
        print('  '.join([r[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(r[1:], widths[1:])]).rstrip())
    print()


def stage_rows(stages, costs):
    rows = []
    for name, function, file in stages:
        found = [c.get((file, function)) for c in costs]
        if name.startswith('hb_shape') or any(found):
            rows.append([name or function] + [millions(n or 0) for n in found])
        else:
            rows.append([name, 'no function %s in %s' % (function, file)] + [''] * (len(costs) - 1))
    return rows


def floor_rows(costs):
    merged = [dict(c) for c in costs]
    for c in merged:
        c['', 'subset'] = sum(c.get(('???', 'hb_subset_plan_%s_or_fail' % n), 0) for n in ('create', 'execute'))
    return stage_rows([('floor', '', ''), ('  hb_shape', 'hb_shape', '???'), ('  hb-subset', 'subset', ''),
                       ('  deflate', 'libdeflate_zlib_compress', '???')], merged)


def limit_of(pages):
    return LIMITS.get(pages, 2.0)


def instructions(documents, programs, folder):
    genpdf, floor = [], []
    for d in documents:
        genpdf.append(callgrind(d.genpdf(programs['genpdf']), os.path.join(folder, 'genpdf.%d' % d.pages)))
        floor.append(callgrind(d.floor(programs['floor']), os.path.join(folder, 'floor.%d' % d.pages)))
    return genpdf, floor


def growth(documents, costs):
    """What a page more costs among the last two documents, against the two before."""
    steps = [(costs[i + 1] - costs[i]) / (documents[i + 1].pages - documents[i].pages) for i in range(len(costs) - 1)]
    return steps[-1] / steps[-2]


def ratios(documents, genpdf, floor):
    """[(name, value, limit)]"""
    out = [('%d pages: genpdf / floor' % d.pages, g['', ''] / f['', ''], limit_of(d.pages))
           for d, g, f in zip(documents, genpdf, floor)]
    if len(documents) > 2:
        whole = [g['', ''] for g in genpdf]
        # Fonts grow ever slower, as characters repeat: without them nothing can hide.
        rest = [g['', ''] - g['out_pdf.c', 'close'] for g in genpdf]
        out += [('a page more: late / early', growth(documents, whole), LINEAR),
                ('the same without fonts and saving', growth(documents, rest), LINEAR)]
    return out


def same_text(d):
    return words(d.pdf) == words(d.floor_pdf)


# ---- time and memory ----

def timed(command):
    """(most kilobytes, standard error)"""
    with tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        if status:
            sys.exit('bench: %s fails' % command[0])
        err.seek(0)
        return usage.ru_maxrss, err.read().decode()


def best_stages(d, program):
    """{stage: milliseconds in the quickest of the runs}"""
    best = {}
    for _ in range(RUNS):
        for name, ms in re.findall(r'^stage (\w+) ([\d.]+)$', timed(d.genpdf(program))[1], re.M):
            best[name] = min(float(ms), best.get(name, float(ms)))
    return best


def times(documents, programs):
    rows, stages = [], [best_stages(d, programs['stages']) for d in documents]
    for name in stages[0]:
        rows.append([name] + ['%.1f' % s[name] for s in stages])
    table(['ms, quickest of %d' % RUNS] + ['%d p' % d.pages for d in documents], rows)
    rows = []
    for name, command in (('genpdf', lambda d: d.genpdf(programs['genpdf'])),
                          ('floor', lambda d: d.floor(programs['floor']))):
        rows.append([name] + ['%.1f' % (min(timed(command(d))[0] for _ in range(3)) / 1024) for d in documents])
    table(['most memory, MiB'] + ['%d p' % d.pages for d in documents], rows)


# ---- all ----

def report(documents, programs, folder):
    genpdf, floor = instructions(documents, programs, folder)
    for d in documents:
        if not same_text(d):
            sys.exit('bench: genpdf and the floor do not set the same text')
    head = ['%d p' % d.pages for d in documents]
    table(['million instructions'] + head, [['genpdf'] + [millions(c['', '']) for c in genpdf]] +
          stage_rows(STAGES, genpdf) + floor_rows(floor))
    bad = 0
    for name, value, limit in ratios(documents, genpdf, floor):
        bad += value > limit
        print('%-40s %.2f  (at most %.2f)%s' % (name, value, limit, '  TOO MUCH' if value > limit else ''))
    # genpdf cuts CFF by itself, the floor does not: what the ratio would be if it did as the floor does.
    for d, g, f in zip(documents, genpdf, floor):
        cut = sum(f.get(('???', 'hb_subset_plan_%s_or_fail' % n), 0) for n in ('create', 'execute'))
        print('%-40s %.2f' % ('%d pages: with the floor\'s subsetter' % d.pages,
                              (g['', ''] - g['subset.c', 'font_subset'] + cut) / f['', '']))
    print()
    times(documents, programs)
    return bad


def check(documents, programs, folder):
    genpdf, floor = instructions(documents, programs, folder)
    bad = 0
    for d in documents:
        same = same_text(d)
        bad += not same
        print('ok same text' if same else 'not ok same text genpdf and the floor differ')
    for name, value, limit in ratios(documents, genpdf, floor):
        over = value > limit
        bad += over
        print('not ok %s: %.2f > %.2f' % (name, value, limit) if over else 'ok %s: %.2f' % (name, value))
    return bad


def main(folder, genpdf, *rest):
    os.environ['GENPDF_HOME'] = TOP
    os.environ.pop('GENPDF_FONTS', None)
    pages = [int(a) for a in rest if a.isdigit()] or [12, 100, 500]
    programs = {'genpdf': genpdf, 'stages': os.path.join(folder, 'genpdf-stages'),
                'floor': os.path.join(folder, 'floor')}
    with tempfile.TemporaryDirectory() as work:
        documents = [Document(n, work) for n in pages]
        return 1 if (check if '--check' in rest else report)(documents, programs, work) else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
