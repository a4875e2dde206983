# How long each week of the course takes, between the marks <!-- weeks --> and <!-- /weeks -->
# of instructors.md. Which chapters a week has stands in the table under "## Twelve weeks",
# reading times and those of part B in README.md; warm-ups are counted.
# usage: awk -v warmups="$(ls tutorials/*/warmups/*.c)" -f weeks.awk README.md instructors.md
#
# In minutes: a quiz before (5) and after the chapter (10), a warm-up 5, an experiment 30.
# Chapter 0 has only its three changes: 30. The experiment of chapter 14 is the project.

BEGIN {
	n = split(warmups, path)
	for (i = 1; i <= n; i++) {
		sub(/^.*tutorials\//, "", path[i])
		A[path[i] + 0] += 5 # "08-sound/warmups/1-bin.c" + 0 is 8
	}
	A[0] = 30
}

function hours(minutes) { return sprintf("%d h %02d", int(minutes / 60), minutes % 60) }

function row(week,    list, n, i, c, names, r, q, a, b, e, all) {
	n = split(of_week[week], list)
	for (i = 1; i <= n; i++) {
		c = list[i] + 0
		names = names (i > 1 ? ", " : "") c
		if (!(c in reading)) {
			print "| " week " | " names " | not there yet | | | | | |"
			return
		}
		r += reading[c]
		q += c ? 15 : 0
		a += A[c]
		b += B[c]
		e += c && c != 14 ? 30 : 0
	}
	all = r + q + a + b + e
	printf "| %d | %s | %d | %d | %d | %d | %d | %s |\n", week, names, r, q, a, b, e, hours(all)
}

NR == FNR {
	if (/^\| \[[0-9]/ && match($0, /-->[0-9]+ minutes/)) {
		c = substr($0, 4, 2) + 0
		reading[c] = substr($0, RSTART + 3, RLENGTH) + 0
		if (match($0, /exercise [0-9]+/))
			B[c] = substr($0, RSTART + 9, RLENGTH) + 0
	}
	next
}

/^\| [0-9]+ \| [0-9]+ / { # | 7 | 8 Sound | ...
	split($0, cell, "|")
	if (!inside)
		of_week[cell[2] + 0] = of_week[cell[2] + 0] " " cell[3] + 0
}
/^<!-- \/weeks -->$/ {
	inside = 0
	print "| week | chapters | reading | quizzes | A | B | C | in all |"
	print "|---|---|---|---|---|---|---|---|"
	for (week = 1; week in of_week; week++)
		row(week)
	print ""
}
!inside { print }
/^<!-- weeks -->$/ {
	inside = 1
	print ""
}
END {
	if (inside) {
		print FILENAME ": <!-- weeks --> is not closed" > "/dev/stderr"
		exit 1
	}
}
