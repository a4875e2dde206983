#!/bin/sh
# What is done with a whole corpus, at 1, 10 and 100 times a size: how long it takes, and how many times as
# long as at the size before. 10 is linear, 100 quadratic.
# usage: tests/bench/growth.sh BENCH
"$1" -s 0.2 growth | awk '
function fits(ms) { return ms < 10 ? sprintf("%.2f", ms) : sprintf("%.0f", ms) }
{
	at = match($1, /_[0-9]+$/)
	name = substr($1, 19, at - 19)
	gsub("_", " ", name)
	if (name != last) {
		printf "%s%-22s %9s: %7s ms", (NR > 1 ? "\n" : ""), name, substr($1, at + 1), fits($4)
	} else {
		printf "  x10: %7s ms (%4.1f)", fits($4), $4 / before
	}
	fflush()
	last = name
	before = $4
}
END { print "" }'
