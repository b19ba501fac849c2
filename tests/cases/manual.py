#!/usr/bin/env python3
"""The manual page says what the program does: message codes, options, stages, environment, status, JSON keys.

Takes: genpdf.1, gen/base/diag.def and diag.zh, layouts/messages.md, the sources' getenv(), and GENPDF itself.  Gives: ok / not ok / skip lines."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, 'tests/expect')
import messages  # noqa: E402

GENPDF = os.environ['GENPDF']
TMP = os.environ['TMPDIR']
RECORD = 'records/monthly-plan-2031-06.xml'
MARKS = {'ERROR': '', 'WARNING': 'warning', 'REMARK': 'remark', 'DECISION': 'decision', 'WORLD': 'status 3'}


def case(name, faults):
    faults = [f for f in faults if f]
    print('not ok %s: %s' % (name, '; '.join(faults)) if faults else 'ok ' + name)


def read(path):
    with open(path, encoding='utf-8') as f:
        return f.read()


def run(*args, **more):
    return subprocess.run([GENPDF, *args], capture_output=True, stdin=subprocess.DEVNULL, text=True, **more)


def unlike(what, mine, theirs, other='the program'):
    """Faults when two sets differ."""
    return ['%s only in the manual: %s' % (what, x) for x in sorted(mine - theirs)] + \
           ['%s only in %s: %s' % (what, other, x) for x in sorted(theirs - mine)]


class Manual:
    def __init__(self, path):
        self.sections, name = {}, None
        for line in read(path).split('\n'):
            if line.startswith('.Sh '):
                name = line[4:]
                self.sections[name] = []
            elif name:
                self.sections[name].append(line)

    def items(self, section, macro):
        """Arguments of the `.It MACRO …` lines of a section."""
        return [line[5 + len(macro):] for line in self.sections[section] if line.startswith('.It %s ' % macro)]

    def options(self):
        """-x and --word of the OPTIONS items."""
        return {'-' + w for line in self.items('OPTIONS', 'Fl') for w in re.findall(r'(?:^|Fl )(-?[a-z]+)', line)}

    def stages(self):
        text = '\n'.join(self.sections['OPTIONS'])
        part = text[text.index('.It Fl -stop'):text.index('.It Fl -diagnostics')]
        return set(re.findall(r'^\.Cm (\w+)', part, re.M))

    def codes(self):
        """(code, its mark) in order."""
        return [(m.group(1), m.group(2) or '') for m in
                (re.match(r'([a-z-]+)(?: Pq (.+))?$', i) for i in self.items('DIAGNOSTICS', 'Sy')) if m]

    def keys(self, mark=''):
        return {k for line in self.items('DIAGNOSTICS', 'Cm') if mark in line
                for k in re.findall(r'\w+', line.split(' Pq ')[0].replace(' Cm ', ' '))}


def check_codes(manual):
    rows = re.findall(r'^DIAG\(\w+,\s*"([^"]+)",\s*SEVERITY_(\w+),', read('gen/base/diag.def'), re.M)
    want, got = {w: MARKS[s] for w, s in rows}, dict(manual.codes())
    case('every message code has its entry', unlike('code', set(got), set(want), 'diag.def') +
         ['too few codes'] * (len(want) < 10) + ['an entry twice'] * (len(got) != len(manual.codes())))
    case('the severity of every message', ['%s: manual says "%s", diag.def "%s"' % (c, got[c], want[c])
                                           for c in want if c in got and got[c] != want[c]])
    entries = '\n'.join(manual.sections['DIAGNOSTICS']).split('\n.It Sy ')[1:]
    case('every message code is explained', [e.split('\n')[0] for e in entries
                                             if len(re.sub(r'^[^\n]*|\n\.\w+', '', e).strip()) < 15])


def check_help(manual):
    for lang in 'en', 'zh':
        said = run('--lang', lang, '--help')
        options = set(re.findall(r'(?<![\w-])--?[a-z]+', '\n'.join(
            line for line in said.stdout.split('\n') if line.startswith('  ') and line.strip().startswith('-'))))
        case('options of --help, ' + lang, unlike('option', manual.options(), options) +
             ['status %d' % said.returncode] * said.returncode + ['no options'] * (len(options) < 8))
        stop = re.search(r'--stop .*: ?([a-z ]+)$|--stop .*：([a-z ]+)$', said.stdout, re.M)
        case('stages of --help, ' + lang, unlike('stage', manual.stages(), set(
            (stop.group(1) or stop.group(2)).split()) if stop else set()))
        status = set(re.findall(r'(?<!\d)([0-9]) ', said.stdout.strip().split('\n')[-1]))
        case('status of --help, ' + lang, unlike('status', set(re.findall(
            r'^\.It (\d)$', '\n'.join(manual.sections['EXIT STATUS']), re.M)), status))
    taken = set(re.findall(r'\{"(\w+)", (?:no|required)_argument', read('gen/main.c')))
    case('options of the command line', unlike('option', {o[2:] for o in manual.options() if o[:2] == '--'}, taken))


def check_stages(manual):
    for stage in sorted(manual.stages()):
        got = run('--stop', stage, RECORD)
        case('--stop %s prints' % stage, [got.stderr] * (got.returncode != 0) + ['nothing'] * (len(got.stdout) < 100))
    case('--stop of another word', ['status %d' % s for s in [run('--stop', 'nowhere', RECORD).returncode] if s != 2])


def check_environment(manual):
    asked = set()
    for path in glob.glob('gen/**/*.[ch]', recursive=True):
        text = read(path)
        asked |= set(re.findall(r'getenv\("(\w+)"\)', text))
        if re.search(r'getenv\([^"]', text):
            asked |= set(re.findall(r'"(LC_\w+|LANG\w*)"', text))
    named = {n for line in manual.items('ENVIRONMENT', 'Ev') for n in re.findall(r'\w+', line)}
    case('environment', unlike('variable', named, asked, 'the sources'))


def check_json(manual):
    bad = os.path.join(TMP, 'bad.xml')
    with open(bad, 'w', encoding='utf-8') as f:
        f.write('<record kind="monthly-plan" version="1"><title>甲</titel></record>\n')
    keys, lines = set(), []
    for name in bad, os.path.join(TMP, 'absent.xml'):
        lines += run('--diagnostics=json', '--lang=en', name, '-o', os.path.join(TMP, 'x.pdf')).stderr.split('\n')
    lines = [json.loads(line) for line in lines if line]
    for message in lines:
        keys |= set(message)
    case('keys of a JSON message', ['no messages'] * (len(lines) < 2) +
         unlike('key', manual.keys() - manual.keys('optional'), keys - manual.keys('optional')))
    case('the key for a second place', ['not in both'] * (
        'other' not in manual.keys() or '\\"other\\":' not in read('gen/base/diag.c')))
    places = [(m['file'] is None, m['line'] is None, m['column'] is None) for m in lines]
    case('a place is there or null', ['no message without a place'] * ((True,) * 3 not in places) +
         ['no message with a place'] * ((False,) * 3 not in places))


def check_form():
    version = run('--version').stdout.split()[-1:]
    news = re.findall(r'^## (\d\S*)', read('NEWS.md'), re.M)[:1]
    case('NEWS.md begins with the version', ['%s, --version says %s' % (news, version)] * (news != version))
    if shutil.which('mandoc'):
        said = subprocess.run(['mandoc', '-Tlint', '-Wwarning', 'genpdf.1'], capture_output=True, text=True)
        case('the form of the manual page (mandoc)', said.stdout.strip().split('\n'))
    elif shutil.which('groff'):
        said = subprocess.run(['groff', '-mdoc', '-ww', '-z', 'genpdf.1'], capture_output=True, text=True)
        case('the form of the manual page (groff)', said.stderr.strip().split('\n'))
    else:
        case('the form of the manual page', ['neither mandoc nor groff (Debian: groff-base)'])


def check_index():
    case('the index of messages', ['layouts/messages.md: tests/expect/messages.py > layouts/messages.md'] *
         (messages.text() != read('layouts/messages.md')) + ['too short'] * (messages.text().count('\n| `') < 100))
    case('every message is explained in Chinese and English', messages.faults())


def main():
    manual = Manual('genpdf.1')
    check_codes(manual)
    check_index()
    check_help(manual)
    check_environment(manual)
    check_json(manual)
    check_stages(manual)
    check_form()


main()
