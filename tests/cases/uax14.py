#!/usr/bin/python3
"""gen/text/uax14_table.c is what uax14.py makes of the Unicode files, and the rules agree with Unicode's own test."""
import os
import subprocess
import sys

FOLDER = '/usr/share/unicode'
PROGRAM = os.path.join(os.environ.get('B', 'build'), 'tests/progs/wrap-lines')


def case(name, problem):
    print('not ok %s: %s' % (name, problem) if problem else 'ok ' + name)


if not os.path.exists(FOLDER + '/auxiliary/LineBreakTest.txt'):
    print('not ok uax14: no %s (Debian package unicode-data)' % FOLDER)
    sys.exit(1)
made = subprocess.run([sys.executable, 'gen/text/uax14.py', FOLDER], stdout=subprocess.PIPE, check=True).stdout
kept = open('gen/text/uax14_table.c', 'rb').read()
case('the table is the one its script makes', made != kept and 'run gen/text/uax14.py')
with open(FOLDER + '/auxiliary/LineBreakTest.txt') as f:
    out = subprocess.run([PROGRAM, 'uax'], stdin=f, stdout=subprocess.PIPE, encoding='utf-8')
rows = out.stdout.splitlines()
print('# ' + rows[-1])
case('the test file of Unicode', out.returncode and rows[0] or int(rows[-1].split()[-1]) < 7000 and 'few lines')
