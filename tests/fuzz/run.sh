#!/bin/sh
# Runs the fuzz targets one after the other: run.sh SECONDS [TARGET]…   (make fuzz TIME=… ONLY=…)
# Takes: B, the folder of the targets. What they learn stays in $B/corpus/TARGET, so that a further run goes on from there; what breaks
# a promise is kept as $B/found/TARGET-*, its report in $B/log/TARGET.
# Gives: a line per target: runs, runs a second, edges reached. Status 1 when something was found.
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/fuzz}
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- $(ls "$B" | sed -n 's/^fuzz-//p' | grep -v '\.')
GENPDF_HOME=$PWD
GENPDF_FONTS=$PWD/$B/testfonts
ASAN_OPTIONS=detect_stack_use_after_return=1:handle_abort=1
LSAN_OPTIONS=print_suppressions=0:suppressions=$PWD/tests/fuzz/leaks.supp
UBSAN_OPTIONS=print_stacktrace=1
export GENPDF_HOME GENPDF_FONTS ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS
status=0
mkdir -p "$B/found" "$B/log"
for target in "$@"; do
	mkdir -p "$B/corpus/$target" "$B/seeds/$target" tests/fuzz/cases
	log=$B/log/$target
	cases=$(ls -d "tests/fuzz/cases/$target" 2>/dev/null)
	most=$(ls -lS "$B/seeds/$target" | awk 'NR == 2 { print ($5 < 2000 ? 2000 : $5 > 12000 ? 12000 : $5) }')
	nice "$B/fuzz-$target" -max_len="$most" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 \
		-dict="$B/seeds/$target.dict" -artifact_prefix="$B/found/$target-" \
		"$B/corpus/$target" "$B/seeds/$target" $cases >"$log" 2>&1
	code=$?
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
	edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
	said="${seconds}s, ${runs:-?} runs, ${speed:-?}/s, ${edges:-?} edges"
	if [ $code = 0 ]; then
		echo "ok fuzz-$target # $said"
	else
		echo "not ok fuzz-$target status $code, $said; see $log"
		grep -E 'broken promise|ERROR:|SUMMARY|runtime error|Test unit written' "$log" | tail -n 5 | sed 's/^/  /'
		status=1
	fi
done
exit $status
