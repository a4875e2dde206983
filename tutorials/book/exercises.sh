#!/bin/sh
# The exercises of a chapter as one text for the book, without solutions.
# usage: tutorials/book/exercises.sh CHAPTER
chapter=$1
here=tutorials/$chapter
title=$(sed -n '1s/^# *[0-9]* *//p' "$here/chapter.md")
number=${chapter%%-*}

# A file as the student gets it. In a handout nothing is marked any more.
stripped() {
	if grep -q 'BEGIN SOLUTION' "$1"; then
		awk -f tutorials/handout/strip.awk "$1"
	else
		cat "$1"
	fi | expand -t 4
}
listing() { # file [awk program that selects lines]
	printf '<sub>%s</sub>\n\n```c\n' "$1"
	stripped "$1" | awk "${2:-1}"
	printf '```\n\n'
}

printf '# Exercises: %s\n\n' "$title"
printf '`make learn` leads through them; each is checked on the way.\n\n'
for file in "$here"/warmups/*.c; do
	[ -e "$file" ] || continue
	[ -n "${warm:-}" ] || printf '<span id="part-a"></span>\n\n## A: warm-ups\n\nFive minutes each.\n\n'
	warm=1
	# The first comment: its title, then what is to be done, without the hint.
	# Then what the student fills in; the checks below it are for the program.
	awk 'NR == 1 { sub(/^\/\* /, ""); sub(/\.$/, ""); print "### " $0; next }
		/^ \* hint:/ { exit }
		{
			sub(/^ \*( |$)/, "")
			gsub(/\*/, "\\&#42;")
			gsub(/_/, "\\&#95;")
			print
		}' "$file"
	listing "$file" '/^WARMUP/ { exit } begun && (NF || some) { some = 1; print } /^#include/ { begun = 1 }'
done
if [ -e "$here/exercise.h" ]; then
	printf '<span id="part-b"></span>\n\n## B: the part itself\n\n    make exercise CH=%s\n\n' "$number"
	listing "$here/exercise.h"
	listing "$here/exercise.c"
fi
for part in 'C experiment' 'D stretch'; do
	letter=${part%% *} file=$here/${part##* }.md
	[ -e "$file" ] || continue
	awk -v letter="$letter" 'NR == 1 {
			sub(/^# /, "")
			print "<span id=\"part-" tolower(letter) "\"></span>\n\n## " letter ": " $0
			next
		}
		/^<!-- INSTRUCTOR -->/ { exit }
		/^#/ { $0 = "#" $0 }
		{ print }
		END { print "" }' "$file"
done
