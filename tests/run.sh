#!/bin/sh
# Runs each test program named, and sums up. Exit status 0 only if every one passed.
# usage: tests/run.sh PROGRAM...
passed=0 failed=0 names=
for program in "$@"; do
	if "$program"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1)) names="$names $program"
	fi
done
[ "$failed" = 0 ] || printf 'failed:%s\n' "$names"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
