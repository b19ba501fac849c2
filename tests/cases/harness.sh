#!/bin/sh
# The harness itself (tests/run.sh, .ci/run) on made-up test programs: what it counts, what it takes for a
# failure, and its last line.
top=$PWD
unset ONLY TEST_TIMEOUT TEST_JOBS
B=build
export B
n=0
begin() {
	n=$((n + 1))
	mkdir -p "$TMPDIR/t$n/tests/cases" "$TMPDIR/t$n/tests/long" "$TMPDIR/t$n/.ci" && cd "$TMPDIR/t$n" || exit 3
	cp "$top/tests/run.sh" tests/ && cp "$top/.ci/run" .ci/
}
program() { printf '#!/bin/sh\n%s\n' "$2" >"tests/$1" && chmod +x "tests/$1"; }
# want NAME STATUS LAST-LINE COMMAND...
want() {
	name=$1 code=$2 last=$3
	shift 3
	"$@" >said 2>&1
	got=$?
	if [ $got = "$code" ] && [ "$(tail -n 1 said)" = "$last" ]; then echo "ok $name"; else
		echo "not ok $name: status $got, last line '$(tail -n 1 said)', wanted $code, '$last'"; fi
}

begin; program cases/a.sh 'echo ok one; echo ok two'; program cases/b.sh 'echo ok three'
want 'cases are counted over all programs' 0 '3 passed, 0 failed' sh tests/run.sh
begin; program cases/a.sh 'echo ok one; echo not ok two: reason; echo skip three'
want 'a failure and a skip' 1 '1 passed, 1 failed, 1 skipped' sh tests/run.sh
if grep -q 'two: reason' said; then echo 'ok a failure is shown'; else echo 'not ok a failure is shown'; fi
begin; program cases/a.sh 'echo ok one; exit 3'
want 'a bad end after good cases is a failure' 1 '1 passed, 1 failed' sh tests/run.sh
begin; program cases/a.sh 'echo not ok one; exit 1'
want 'a bad end after a failed case counts once' 1 '0 passed, 1 failed' sh tests/run.sh
begin; program cases/a.sh 'echo nothing'
want 'a program without a case is a failure' 1 '0 passed, 1 failed' sh tests/run.sh
begin; program cases/a.sh 'echo 1..3; echo ok 1 - x; echo "ok 2 - y # SKIP"'
want 'TAP: what the plan promised and did not come failed' 1 '1 passed, 1 failed, 1 skipped' sh tests/run.sh
begin; program cases/a.sh 'echo 1..2; echo ok 1 - x; echo "not ok 2 # SKIP y"'
want 'TAP: a skip as cmocka says it' 0 '1 passed, 0 failed, 1 skipped' sh tests/run.sh
begin; program cases/a.sh 'echo ok one'; chmod -x tests/cases/a.sh; echo 'x = 1' >tests/cases/part.py
want 'a program that is not executable is a failure' 1 '0 passed, 1 failed' sh tests/run.sh
begin
want 'nothing ran is no success' 1 '0 passed, 0 failed' sh tests/run.sh
begin; program cases/a.sh 'echo skip one'
want 'only skips is no success' 1 '0 passed, 0 failed, 1 skipped' sh tests/run.sh
begin; program cases/a.sh 'echo ok one; sleep 20'
want 'a hanging program is stopped' 1 '1 passed, 1 failed' env TEST_TIMEOUT=1 sh tests/run.sh
begin; program cases/a.sh 'echo ok one'; program cases/b.sh 'echo ok two'; program long/c.sh 'echo ok three'
want 'ONLY chooses by name' 0 '1 passed, 0 failed' env ONLY=b.sh sh tests/run.sh
want 'long runs tests/long' 0 '1 passed, 0 failed' sh tests/run.sh long
begin; program cases/a.sh '[ -d "$TMPDIR" ] && >$TMPDIR/x && echo "$TMPDIR" >where; echo ok one'
want 'a program has a TMPDIR' 0 '1 passed, 0 failed' sh tests/run.sh
if [ -s where ] && [ ! -e "$(cat where)" ]; then echo 'ok TMPDIR is gone afterwards'; else echo 'not ok TMPDIR is gone afterwards'; fi
begin; program cases/a.sh 'n=0; until [ -e b-ran ] || [ $n = 100 ]; do sleep 0.1; n=$((n + 1)); done; [ -e b-ran ] && echo ok a'
program cases/b.sh '>b-ran; echo ok b'; program cases/c.sh 'echo not ok c'
want 'two programs at once' 1 '2 passed, 1 failed' env TEST_JOBS=2 sh tests/run.sh
if [ "$(sed -n 's/.*cases.\(..sh\):.*/\1/p' said | tr '\n' ' ')" = 'a.sh b.sh c.sh ' ]; then echo 'ok shown in order'; else echo 'not ok shown in order'; fi
begin; program cases/a.sh 'sleep 1; >a-ran; echo ok a'; program cases/b.sh '[ -e a-ran ] && echo ok b'
want 'one at a time' 0 '2 passed, 0 failed' env TEST_JOBS=1 sh tests/run.sh
begin; for name in a b c d; do program cases/$name.sh '>$0-began; sleep 20; >$0-ended; echo ok'; done
TEST_JOBS=2 sh tests/run.sh >said 2>&1 & sleep 1; kill $!; wait $!; sleep 1
if [ "$(ls tests/cases/*-*)" = "tests/cases/a.sh-began
tests/cases/b.sh-began" ] && [ -z "$(ls -d "$TMPDIR"/tmp.* 2>/dev/null)" ]; then echo 'ok stopped with all it started'; else echo 'not ok stopped with all it started'; fi
begin; mkdir -p build/tests tests/unit; program unit/x.c ''; cp tests/unit/x.c build/tests/x; cp tests/unit/x.c build/tests/gone
printf '#!/bin/sh\necho ok 1 - $CMOCKA_MESSAGE_OUTPUT\n' >build/tests/x
want 'unit tests run when their source is there' 0 '1 passed, 0 failed' sh tests/run.sh

begin; printf 'test:\n\t@echo building; echo 4 passed, 0 failed; echo after\n' >Makefile
want '.ci/run ends with the plain line' 0 '4 passed, 0 failed' bash .ci/run
if [ "$(grep -c passed said)" = 1 ]; then echo 'ok .ci/run says it once'; else echo 'not ok .ci/run says it once'; fi
begin; printf 'test:\n\t@echo 4 passed, 2 failed, 1 skipped; false\n' >Makefile
want '.ci/run: failed tests' 2 '4 passed, 2 failed, 1 skipped' bash .ci/run
begin; printf 'test:\n\t@false\n' >Makefile
want '.ci/run: failed build' 2 '0 passed, 1 failed' bash .ci/run
begin; printf 'test:\n\t@echo 4 passed, 0 failed; false\n' >Makefile
want '.ci/run: failure behind good tests' 2 '4 passed, 1 failed' bash .ci/run
begin; printf 'test:\n\t@true\n' >Makefile
want '.ci/run: no tests' 1 '0 passed, 1 failed' bash .ci/run
