#!/bin/sh
# run.sh: run the tests and count their cases. `run.sh` = tests/cases and the unit tests in $B/tests;
# `run.sh long` = tests/long.  ONLY=WORD runs only the programs whose path holds WORD.
#
# A test program is an executable .sh or .py file. (One with a #! line that is not executable is a failure:
# no test gets lost by a mode.) It prints a line for each case: `ok NAME`,
# `not ok NAME REASON` or `skip NAME REASON` (cmocka programs: the same by TAP); other lines are shown
# only when a case failed. A program that ends badly, prints no case, fewer than its TAP plan, or takes
# longer than TEST_TIMEOUT seconds is one failed case itself.
# It runs in the top folder with: GENPDF (the binary) B (build folder) PYTHON TMPDIR (its own, removed
# afterwards) GENPDF_SHARED (only when there is one). TEST_JOBS programs (as many as there are processors)
# run at once, so nothing outside TMPDIR may be written; what they say is shown in the order of the list.
# The last line is `N passed, N failed[, N skipped]`; the status is 0 when none failed and some ran.
cd "$(dirname "$0")/.." || exit 3
B=${B:-build}
PYTHON=${PYTHON:-/usr/bin/python3}
GENPDF=$PWD/$B/genpdf
CMOCKA_MESSAGE_OUTPUT=TAP
PYTHONDONTWRITEBYTECODE=1
LC_ALL=C.UTF-8
export B PYTHON GENPDF CMOCKA_MESSAGE_OUTPUT PYTHONDONTWRITEBYTECODE LC_ALL
unset GENPDF_HOME GENPDF_FONTS SOURCE_DATE_EPOCH MAKEFLAGS MFLAGS MAKELEVEL LANGUAGE CDPATH
# A build deeper than build/ has no checkout around it.
case $B in */*) GENPDF_HOME=$PWD && export GENPDF_HOME ;; esac
[ -n "$GENPDF_SHARED" ] || [ ! -d ../shared ] || GENPDF_SHARED=$(cd ../shared && pwd)
[ -z "$GENPDF_SHARED" ] || export GENPDF_SHARED

work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT

programs() {
	case $1 in
	'') set -- "$B"/tests/* tests/cases/*.sh tests/cases/*.py ;;
	*) set -- tests/"$1"/*.sh tests/"$1"/*.py ;;
	esac
	for p in "$@"; do
		case $p in *.d | */\**) continue ;; *"$ONLY"*) ;; *) continue ;; esac
		# A unit test whose source is gone is no test any more.
		case $p in "$B"/tests/*) [ -f "tests/unit/${p##*/}.c" ] || continue ;; esac
		[ -f "$p" ] || continue
		# Not executable and no #! line: a part of other programs.
		[ -x "$p" ] || [ "$(head -c 2 "$p")" = '#!' ] && echo "$p"
	done
}

run() { # PROGRAM NUMBER: output to $work/NUMBER.out, status to $?
	if [ ! -x "$1" ]; then
		echo "not ok $1: not executable" >"$work/$2.out"
		return 126
	fi
	TMPDIR=$work/tmp$2
	mkdir "$TMPDIR" && export TMPDIR
	out=$work/$2.out
	case $1 in
	*.py) set -- "$PYTHON" "$1" ;;
	*) set -- "./$1" ;;
	esac
	timeout -k 10 "${TEST_TIMEOUT:-300}" "$@" </dev/null >"$out" 2>&1 &
	echo $! >"${out%.out}.pid"
	wait $!
	code=$?
	rm -rf "$TMPDIR" "${out%.out}.pid"
	return $code
}

worker() { # runs what no other worker has begun; the status of each goes to $work/NUMBER.code, last and whole
	n=0
	while read -r program; do
		n=$((n + 1))
		mkdir "$work/$n.begun" 2>/dev/null || continue
		run "$program" $n
		echo $? >"$work/code$n" && mv "$work/code$n" "$work/$n.code"
	done <"$work/list"
}

stop() { # the programs that still run, with all they started
	[ -z "$workers" ] || kill $workers
	for pid in "$work"/*.pid; do
		[ ! -f "$pid" ] || kill "$(cat "$pid")" 2>/dev/null
	done
	exit 3
}
workers=
trap stop INT TERM

count() { # STATUS FILE: prints "passed failed skipped" of a program's output
	awk -v status="$1" '
		/^1\.\.[0-9]+/ { plan += substr($0, 4) }
		/^not ok .*# *SKIP/ { skipped++; next } # how cmocka says it
		/^not ok / { failed++; next }
		/^skip / { skipped++; next }
		/^ok / { if ($0 ~ /# *[Ss][Kk][Ii][Pp]/) skipped++; else passed++ }
		END {
			seen = passed + failed + skipped
			if (plan > seen) failed += plan - seen
			else if (!seen || (status && !failed)) failed++
			print passed + 0, failed + 0, skipped + 0
		}' "$2"
}

passed=0 failed=0 skipped=0
programs "$1" >"$work/list"
jobs=${TEST_JOBS:-$(nproc 2>/dev/null || echo 1)}
while [ "$jobs" -gt 0 ]; do
	worker &
	workers="$workers $!"
	jobs=$((jobs - 1))
done
n=0
while read -r program; do
	n=$((n + 1))
	# sleep is waited for in such a way that a signal comes through.
	until [ -f "$work/$n.code" ]; do
		sleep 0.1 &
		wait $!
	done
	out=$work/$n.out code=$(cat "$work/$n.code")
	set -- $(count "$code" "$out")
	passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
	if [ "$2" -gt 0 ]; then
		echo "FAIL $program: $2 of $(($1 + $2 + $3)) cases (status $code)"
		[ "$code" != 124 ] || echo "     stopped after ${TEST_TIMEOUT:-300} seconds"
		tail -n 200 "$out" | sed 's/^/     /'
	else
		echo "  ok $program: $1 cases"
		grep -E '^skip |^(not )?ok .*# *SKIP' "$out" | sed 's/^/     /'
	fi
done <"$work/list"
wait $workers

[ $((passed + failed)) -gt 0 ] || echo 'no test ran'
line="$passed passed, $failed failed"
[ "$skipped" = 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
