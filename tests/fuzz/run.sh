#!/bin/sh
# Runs each fuzzer for some seconds, as many at a time as there are cores, from its seeds and from what
# earlier runs found; says how many executions there were. An input that breaks something is kept, and
# its path told.
# usage: tests/fuzz/run.sh SECONDS PROGRAM...
seconds=$1
shift
[ $# -gt 0 ] || exit 1

fuzz() { # PROGRAM: leaves PROGRAM.failed where something broke
	name=$(basename "$1" | sed 's/^fuzz_//')
	found=$(dirname "$1")/found/$name
	mkdir -p "$found"
	rm -f "$1.failed"
	if "$1" -max_total_time="$seconds" -timeout=10 -malloc_limit_mb=1024 \
		-print_final_stats=1 -artifact_prefix="$1-broken-by-" \
		"$found" "tests/fuzz/seeds/$name" >"$1.log" 2>&1; then
		sed -n "s/^stat::number_of_executed_units: */$name: executions: /p" "$1.log"
	else
		: >"$1.failed"
		tail -n 40 "$1.log"
		printf '%s: broken. To see it again: %s FILE\n' "$name" "$1"
	fi
}

cores=$(nproc 2>/dev/null || echo 1) running=0
for program in "$@"; do
	fuzz "$program" &
	running=$((running + 1))
	[ $((running % cores)) -ne 0 ] || wait
done
wait

status=0
for program in "$@"; do
	[ ! -e "$program.failed" ] || status=1
done
exit $status
