#!/usr/bin/env python3
"""README.md keeps its word: every command it shows runs, its message and its pictures are what the program gives,
its links lead somewhere, its tables name every package and library.

Commands run in a copy of the tree (with the real build folder), so nothing of theirs stays in the tree itself.
Takes: README.md, examples/, Makefile; GENPDF B TMPDIR.  Gives: ok / not ok / skip lines."""
import glob
import os
import re
import shutil
import subprocess

GENPDF, B, TMP = os.environ['GENPDF'], os.environ['B'], os.environ['TMPDIR']
TOP = os.getcwd()
TREE = os.path.join(TMP, 'tree')
NOT_RUN = {'make test'}  # it runs this
LARGEST_PICTURE = 150 * 1024
OFFICE_FONTS = '/usr/local/share/fonts'

# How the README names what packages and libraries bring.
PACKAGES = {
    'libxml2-dev': 'libxml2', 'libxslt1-dev': 'libxslt', 'libharfbuzz-dev': 'HarfBuzz', 'libfreetype-dev': 'FreeType',
    'libhpdf-dev': 'libharu', 'libdeflate-dev': 'libdeflate', 'libqpdf-dev': 'libqpdf', 'libcmocka-dev': 'cmocka',
    'python3-fitz': 'PyMuPDF', 'python3-pikepdf': 'pikepdf',
    'python3-fonttools': 'fontTools', 'python3-freetype': 'freetype-py', 'python3-numpy': 'NumPy', 'python3-pil': 'Pillow',
}
TOOLCHAIN = {'gcc', 'libc6-dev', 'pkg-config', 'python3'}
LIBRARIES = {
    'libharfbuzz': 'HarfBuzz', 'libharfbuzz-subset': 'HarfBuzz', 'libfreetype': 'FreeType', 'libhpdf-2.3.0': 'libharu',
    'libexslt': 'libexslt', 'libz': 'zlib', 'libpng16': 'libpng', 'libbrotlidec': 'brotli', 'libbrotlicommon': 'brotli',
    'libicuuc': 'ICU', 'libicudata': 'ICU', 'libglib-2.0': 'GLib', 'libgraphite2': 'graphite2', 'libpcre2-8': 'PCRE2',
}
SYSTEM = {'linux-vdso', 'libc', 'libm', 'libpthread', 'libdl', 'ld-linux-x86-64', 'ld-linux-aarch64', 'libasan', 'libubsan'}


def case(name, faults):
    faults = [f for f in faults if f]
    print('not ok %s: %s' % (name, '; '.join(faults)) if faults else 'ok ' + name, flush=True)


def read(path):
    with open(path, encoding='utf-8') as f:
        return f.read()


def blocks(text, language):
    return re.findall(r'^```%s\n(.*?)^```' % language, text, re.M | re.S)


def commands(text):
    return [line for block in blocks(text, 'sh') for line in block.replace('\\\n', ' ').split('\n') if line.strip()]


def make_tree():
    names = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard'], capture_output=True, text=True, cwd=TOP)
    if names.returncode:
        shutil.copytree(TOP, TREE, ignore=lambda d, n: {'build', '.git'} & set(n))
    for name in names.stdout.split('\n'):
        if os.path.isfile(os.path.join(TOP, name)):
            os.makedirs(os.path.dirname(os.path.join(TREE, name)), exist_ok=True)
            shutil.copy2(os.path.join(TOP, name), os.path.join(TREE, name))
    os.symlink(os.path.join(TOP, 'build'), os.path.join(TREE, 'build'))


def run(command, **more):
    """In the copy of the tree; another build folder than build/ takes its place."""
    env = dict(os.environ, HOME=TMP, **more)
    if B != 'build':
        command = re.sub(r'\bbuild/genpdf\b', GENPDF, re.sub(r'\bmake (?=demo|rooms|release)', 'make B=%s ' % B, command))
        env['GENPDF_HOME'] = TREE
    return subprocess.run(['sh', '-c', command], cwd=TREE, env=env, stdin=subprocess.DEVNULL, timeout=1800 if os.environ.get('SAN') else 240,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors='replace')


def outputs(command):
    return re.findall(r'(?:-o|--report) (\S+)', command)


def check_commands(shown):
    case('the README shows the two commands and the one step', [
        'no `%s`' % c for c in ('make demo', 'make test') if c not in shown])
    there = {name for name in os.listdir(TOP)}
    for command in [c for c in shown if c not in NOT_RUN]:
        tool = [w for w in command.split() if '=' not in w][0]
        there_is_man = tool != 'man' or shutil.which('man')
        done = run(command if there_is_man else command.replace('man -l', 'groff -mdoc -Tutf8'))
        case('README: ' + command, ['status %d: %s' % (done.returncode, (done.stderr or done.stdout)[-600:])] * (
            done.returncode != 0) + ['%s is not there' % o for o in outputs(command)
                                     if not os.path.exists(os.path.join(TREE, o))])
    left = {o for c in shown for o in outputs(c)} & (set(os.listdir(TOP)) - there)
    case('the commands leave nothing in the tree', sorted(left))


def check_one_step(shown):
    """One step and two steps: the same PDF. Both are commands of the README."""
    first = [c for c in shown if re.match(r'build/genpdf records/drafts/\S+ -o plan.pdf$', c)]
    second = [c for c in shown if c == 'build/genpdf plan.xml -o plan.pdf']
    if not first or not second:
        return case('one step and two steps give the same PDF', ['the README shows no such commands'])
    made = []
    for command in first[0], second[0]:
        run(command)
        with open(os.path.join(TREE, 'plan.pdf'), 'rb') as f:
            made.append(f.read())
    case('one step and two steps give the same PDF', ['not a PDF'] * (made[0][:5] != b'%PDF-') +
         ['they differ'] * (made[0] != made[1]))


def check_message(readme):
    """The message shown is the one for <heading> misspelt in the short record."""
    text = read('records/monthly-plan-2031-06.xml')
    wrong = text.replace('<heading>供水保障</heading>', '<headline>供水保障</headline>')
    with open(os.path.join(TREE, 'plan.xml'), 'w', encoding='utf-8') as f:
        f.write(wrong)
    done = run('build/genpdf plan.xml -o wrong.pdf', LC_ALL='zh_CN.UTF-8')
    shown = [b for b in blocks(readme, 'text') if 'plan.xml:' in b]
    case('the message that the README shows', ['the record is not wrong'] * (wrong == text) +
         ['status %d' % done.returncode] * (done.returncode != 2) +
         ['a PDF was made'] * os.path.exists(os.path.join(TREE, 'wrong.pdf')) +
         ['the program says:\n%s' % done.stderr] * (shown != [done.stderr]))


def check_status():
    """Statuses 0, 2 and 3 as the README's table says; 1 by a layout with a warning."""
    mine = os.path.join(TREE, 'layouts', 'mine')
    os.makedirs(mine, exist_ok=True)
    with open(os.path.join(mine, 'layout.xml'), 'w', encoding='utf-8') as f:
        f.write('<layout xmlns="urn:genpdf:layout" kind="monthly-plan"><use href="../monthly-plan/layout.xml"/>'
                '<templates href="templates.xsl"/></layout>\n')
    with open(os.path.join(mine, 'templates.xsl'), 'w', encoding='utf-8') as f:
        f.write('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
                '<xsl:import href="../monthly-plan/templates.xsl"/><xsl:template match="/"><xsl:message>留意</xsl:message>'
                '<xsl:apply-imports/></xsl:template></xsl:stylesheet>\n')
    record = 'records/monthly-plan-2031-06.xml'
    for want, name, command in (
            (0, 'warnings without --strict', 'build/genpdf -l layouts/mine/ %s -o s.pdf' % record),
            (1, 'warnings under --strict', 'build/genpdf --strict -l layouts/mine/ %s -o s.pdf' % record),
            (2, 'a wrong option', 'build/genpdf --colour %s' % record),
            (2, 'no record of that kind', "echo '<record kind=\"x\"/>' | build/genpdf - -o s.pdf"),
            (3, 'no such file', 'build/genpdf absent.xml'),
            (3, 'no such folder', 'build/genpdf %s -o absent/s.pdf' % record)):
        done = run(command, GENPDF_HOME=TREE)
        case('status %d: %s' % (want, name), ['status %d: %s' % (done.returncode, done.stderr)] * (done.returncode != want))


def check_links():
    for page in ['README.md', 'NEWS.md'] + glob.glob('*/README.md'):
        targets = re.findall(r'\]\(([^)#]+)', read(page))
        bad = [t for t in targets if '://' not in t and not os.path.exists(os.path.join(os.path.dirname(page), t))]
        case('links of ' + page, bad)


def check_dependencies(readme):
    makefile = read('Makefile').replace('\\\n', ' ')
    debs = [w for name in ('LIB_DEBS', 'TEST_DEBS') for w in re.search(name + r'\s*:=(.*)', makefile).group(1).split()]
    names = [PACKAGES.get(d, d) for d in debs if d not in TOOLCHAIN]
    case('every package of the Makefile has its row', ['no packages'] * (len(names) < 10) +
         [n for n in names if not re.search(r'^\| [^|]*\b%s\b' % re.escape(n), readme, re.M)])
    linked = subprocess.run(['ldd', GENPDF], capture_output=True, text=True).stdout
    stems = {s for s in re.findall(r'^\s+(?:/\S*/)?([\w.+-]+?)\.so', linked, re.M) if s not in SYSTEM}
    part = readme[readme.index('## 依赖'):]
    case('every linked library is named', ['no libraries'] * (len(stems) < 6) +
         sorted(s for s in stems if LIBRARIES.get(s, s) not in part))
    fonts = set(re.findall(r'source="([\w.+-]+)"', read('fonts/fonts.xml')))
    case('every font package has its licence', sorted(p for p in fonts if p not in read('fonts/README.md')))


def blurred(path):
    """Grey values of a picture, each the mean of a square of 12 pixels."""
    import numpy
    from PIL import Image
    grey = numpy.asarray(Image.open(path).convert('L'), dtype=float)
    h, w = (n // 12 for n in grey.shape)
    return grey.shape, grey[:h * 12, :w * 12].reshape(h, 12, w, 12).mean(axis=(1, 3))


def picture_faults(mine, made):
    """Another rasteriser moves edges (mupdf: 9 and 0.5); a word changed gives 25 and more in its squares."""
    if not os.path.exists(made):
        return ['the demo makes no such page']
    size, old = blurred(mine)
    new_size, new = blurred(made)
    if size != new_size:
        return ['size %s, now %s' % (size, new_size)]
    off = abs(old - new)
    return ['too large'] * (os.path.getsize(mine) > LARGEST_PICTURE) + \
           ['squares differ by up to %.0f, %.2f in the mean: make pictures' % (off.max(), off.mean())] * int(
               off.max() > 14 or off.mean() > 1)


def office_fonts():
    """Licensed faces of this machine: pages then look otherwise, and rightly so."""
    rows = re.findall(r'<family [^>]*file="([^"]+)"[^>]*licensed="yes"', read('fonts/fonts.xml'))
    return [f for f in rows if os.path.exists(os.path.join(OFFICE_FONTS, f))]


def check_pictures(readme):
    mine = sorted(glob.glob('examples/*.png') + glob.glob('examples/tables/*.png'))
    shown = set(re.findall(r'\]\((examples/[^)]+\.png)\)', readme)) | {
        folder + p for folder in ('examples/', 'examples/tables/')
        for p in re.findall(r'\]\(([^)/]+\.png)\)', read(folder + 'README.md'))}
    case('every picture is shown', ['no pictures'] * (not mine) + sorted(shown ^ set(mine)))
    if office_fonts():
        print('skip pictures: an office\'s own fonts in ' + OFFICE_FONTS)
        return
    for picture in mine:
        case(picture + ' is what the demo renders',
             picture_faults(picture, os.path.join(B, 'demo', os.path.basename(picture))))


def main():
    readme = read('README.md')
    shown = commands(readme)
    make_tree()
    check_commands(shown)
    check_one_step(shown)
    check_message(readme)
    check_status()
    check_links()
    check_dependencies(readme)
    check_pictures(readme)


main()
