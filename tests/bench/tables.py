"""tables: what long tables cost (README.md, "Tables"). `make bench`, or
    tables.py genpdf [--check] [ROWS…]
Takes: genpdf; valgrind for --check. Gives: for tables of 5,000 rows of 7 columns and 5,000, 20,000 and 100,000 of 8 (or of 8, ROWS each): user time,
most memory, KB a cell, with tags and without. With --check `ok`/`not ok` lines, counted in instructions, not timed: a row more
costs late (1,000 to 2,000 rows) what it costs early (500 to 1,000)."""
import os
import random
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CHARS = '政务服务大厅窗口延时办理材料清单公开透明群众满意度提升工程项目审批流程再造数据共享平台建设运行维护基层治理能力培训计划'
LINEAR = 1.1


def record(path, rows, columns):
    """Themes of 4 to 18 tasks, no text twice; the same bytes on every run."""
    pick = random.Random(rows)
    text = lambda low, high: ''.join(CHARS[int(pick.random() * len(CHARS))] for _ in range(low + int(pick.random() * (high - low + 1))))  # noqa: E731
    note = columns > 7
    with open(path, 'w', encoding='utf-8') as out:
        out.write('<record kind="responsibility-table" version="1" xml:lang="zh-Hans" year="2032"><title>示例市任务分解表</title><body><tasks>'
                  '<columns><number>序号</number><theme>主题</theme><task>任务</task><unit>责任部门</unit><person>责任人</person>'
                  '<leader>牵头领导</leader><due>完成时限</due>%s</columns>\n' % ('<note>备注</note>' * note))
        left = 0
        for n in range(1, rows + 1):
            if not left:
                left = 4 + int(pick.random() * 15)
                out.write('%s<theme><name>%s</name>\n' % ('</theme>\n' * (n > 1), text(4, 6)))
            left -= 1
            out.write('<task number="%d"><p>%s。</p><assignment><unit>%s</unit><person>%s</person><leader>%s</leader></assignment>'
                      '<due>%d月底</due>%s</task>\n' % (n, text(10, 45), text(3, 8), text(2, 3), text(2, 3), 1 + n % 12,
                                                      ('<note>%s</note>' % text(2, 6)) * note))
        out.write('</theme></tasks></body></record>\n')


def measure(program, path, out, *options):
    """(user seconds, most MiB); the quickest of three, of one where it takes long."""
    best = None
    for _ in range(3):
        process = subprocess.Popen([program, *options, path, '-o', out], stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        if status:
            sys.exit('tables: %s fails' % path)
        best = min(best or (1e9, 0), (usage.ru_utime, usage.ru_maxrss / 1024))
        if best[0] > 3:
            break
    return best


def report(program, rows, folder):
    print('tables                    user s   MiB   KB a cell   kB of PDF   without tags: s   MiB   kB')
    for n, columns in [(n, 8) for n in rows] or [(5000, 7), (5000, 8), (20000, 8), (100000, 8)]:
        path, pdf = os.path.join(folder, 't.xml'), os.path.join(folder, 't.pdf')
        record(path, n, columns)
        seconds, most = measure(program, path, pdf)
        size = os.path.getsize(pdf) // 1000
        bare = measure(program, path, pdf, '--profile=plain')
        print('%7d × %d                %6.2f %6.0f %9.2f %11d %15.2f %7.0f %6d' % (
            n, columns, seconds, most, most * 1024 / n / columns, size, bare[0], bare[1], os.path.getsize(pdf) // 1000))


def instructions(program, n, folder):
    path = os.path.join(folder, 't.xml')
    record(path, n, 8)
    run = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', program, '--profile=plain', path, '-o',
                          os.path.join(folder, 't.pdf')], stderr=subprocess.PIPE)
    found = re.search(r'refs:\s+([\d,]+)', run.stderr.decode(errors='replace'))
    if run.returncode or not found:
        sys.exit('tables: genpdf fails under valgrind')
    return int(found.group(1).replace(',', ''))


def check(program, folder):
    a, b, c = (instructions(program, n, folder) for n in (500, 1000, 2000))
    ratio = (c - b) / 1000 / ((b - a) / 500)
    print('%s tables-linear a row more costs late %.2f times what it costs early (at most %.2f)' % (
        'ok' if ratio <= LINEAR else 'not ok', ratio, LINEAR))
    return ratio > LINEAR


def main(program, *rest):
    os.environ['GENPDF_HOME'] = TOP
    os.environ.pop('GENPDF_FONTS', None)
    with tempfile.TemporaryDirectory() as folder:
        if '--check' in rest:
            return check(program, folder)
        return report(program, [int(a) for a in rest if a.isdigit()], folder)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
