# A C file of exercises without its solution: what stands between the marks is left out, but for the lines
# that are there for the student: a bug to mend, or a value to return for now.
# usage: awk -f strip.awk exercise.c
#
#     /* BEGIN SOLUTION */        each mark alone on its line
#     return i * columns + j;
#     /* stub: return 0; */       becomes the line: return 0;
#     /* END SOLUTION */
#
# A mark that is nested, unclosed or never opened is an error.

function fail(line, what) {
	printf "%s:%d: %s\n", FILENAME, line, what > "/dev/stderr"
	failed = 1
	exit 1
}

/BEGIN SOLUTION/ {
	if (opened)
		fail(FNR, "BEGIN SOLUTION within the one of line " opened)
	if ($0 !~ /^[ \t]*\/\* BEGIN SOLUTION \*\/$/)
		fail(FNR, "/* BEGIN SOLUTION */ has to stand alone on its line")
	opened = FNR
	sub(/BEGIN SOLUTION/, "YOUR CODE HERE")
	print
	next
}
/END SOLUTION/ {
	if (!opened)
		fail(FNR, "END SOLUTION without a BEGIN")
	if ($0 !~ /^[ \t]*\/\* END SOLUTION \*\/$/)
		fail(FNR, "/* END SOLUTION */ has to stand alone on its line")
	opened = 0
	regions++
	next
}
/\/\* stub:/ {
	if (!opened)
		fail(FNR, "/* stub: ... */ stands outside of a solution")
	if (!sub(/\/\* stub: /, "") || !sub(/ \*\/$/, ""))
		fail(FNR, "/* stub: LINE */ has to stand alone on its line")
	print
	next
}
!opened { print }
END {
	if (!failed && opened)
		fail(opened, "BEGIN SOLUTION is not closed")
	if (!failed && !regions)
		fail(FNR, "no solution is marked")
}
