#!/bin/sh
# Runs each test program named, as many at a time as there are cores (JOBS=), prints what each said when it
# ends, and sums up with the slowest. Exit status 0 only if every one passed.
# usage: tests/support/run.sh PROGRAM...
[ $# -gt 0 ] || { echo 'run.sh: no test is named'; exit 1; }
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export results

printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc 2>/dev/null || echo 1)}" -I '{}' sh -c '
	begin=$(date +%s)
	"$1" >"$results/said.$$" 2>&1 && verdict=passed || verdict=failed
	cat "$results/said.$$"
	echo "$verdict $(($(date +%s) - begin)) $1" >"$results/verdict.$$"' run '{}'

cat "$results"/verdict.* | sort -k2,2nr >"$results/all"
sed -n 's/^failed [0-9]* /failed: /p' "$results/all"
awk 'NR <= 5 && $2 > 1 { n = split($3, path, "/"); line = line sprintf(" %s %d s", path[n], $2) }
	END { if (line) print "slowest:" line }' "$results/all"
passed=$(grep -c '^passed' "$results/all")
printf '%d passed, %d failed\n' "$passed" "$(($# - passed))"
[ "$passed" = $# ]
