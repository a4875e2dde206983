#!/bin/sh
# Runs each fuzzer for some seconds, from its seeds and from what earlier runs found; says how many
# executions there were. An input that breaks something is kept, and its path told.
# usage: tests/fuzz/run.sh SECONDS PROGRAM...
seconds=$1 failed=
shift
for program in "$@"; do
	name=$(basename "$program" | sed 's/^fuzz_//')
	found=$(dirname "$program")/found/$name log=$program.log
	mkdir -p "$found"
	if "$program" -max_total_time="$seconds" -timeout=10 -malloc_limit_mb=1024 \
		-print_final_stats=1 -artifact_prefix="$program-broken-by-" \
		"$found" "tests/fuzz/seeds/$name" >"$log" 2>&1; then
		sed -n "s/^stat::number_of_executed_units: */$name: executions: /p" "$log"
	else
		failed="$failed $name"
		tail -n 40 "$log"
		printf '%s: broken. To see it again: %s FILE\n' "$name" "$program"
	fi
done
[ -z "$failed" ] || printf 'broken:%s\n' "$failed"
[ -z "$failed" ] && [ $# -gt 0 ]
