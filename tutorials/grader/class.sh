#!/bin/sh
# Grades a whole class: each student's exercises, on all cores, whatever is handed in.
# usage: DIR=submissions OUT=folder tutorials/grader/class.sh CHAPTER...; after make
# MODE=sanitize exercise-build. With one CHAPTER (make grade CH=02) every student has a row
# for it; with several, for those that are there.
#        tutorials/grader/class.sh --one JOB      (for itself)
#
# DIR holds one file or folder a student, as Moodle and Canvas write them:
#     doe_12345_exercise.c              its #include says which chapter, where CH= does not
#     doe/exercise.c, doe/02-the-tape/exercise.c, doe/tutorials/02-the-tape/exercise.c
# OUT gets grades.csv (student, chapter, points, of, status) and STUDENT/CHAPTER/ with
# results.json, results.txt and said.txt, what was said while it was graded.

# A job is a folder with files student, chapter, submission (a path, or empty), out and, when
# it is done, row.
one() { # job
	chapter=$(cat "$1/chapter") out=$(cat "$1/out") submission=$(cat "$1/submission"; echo .)
	submission=${submission%.}
	of=0 points=0 status='no exercise found' student=$(plain <"$1/student")
	[ -z "$chapter" ] || of=$("$(judge "$chapter")" --points)
	if [ -n "$submission" ]; then
		mkdir -p "$out"
		tutorials/grade.sh "$chapter" "$submission" "$out" >"$out/said.txt" 2>&1 </dev/null
		case $? in
		0) status='all points' ;;
		1) status=$(reason "$out/results.txt") ;;
		*) status='not graded: see said.txt' ;;
		esac
		points=$(sed -n '1s/^{"score":\([0-9]*\).*/\1/p' "$out/results.json")
	fi
	printf '%s,%s,%s,%s,%s\n' "$(field "$student")" "$chapter" "${points:-0}" "$of" "$(field "$status")" >"$1/row"
	printf '  %2s/%-2s  %s  %s\n' "${points:-0}" "$of" "${chapter:--}" "$student"
}

# The program that judges a chapter's exercise: see grade.sh.
judge() { # chapter
	judge=${OBJECTS:?is set by make grade}/tutorials/$1/grade
	[ -x "$judge" ] || judge=$OBJECTS/$1/grade
	printf '%s' "$judge"
}

# Why there are fewer points than all, in a line.
reason() { # results.txt
	awk '/^ *[0-9]+\/[0-9]+  / { split($1, p, "/"); checks++; if (p[1] < p[2]) failed++; next }
		NR == 1 { first = $0 }
		END { if (checks) print failed " of " checks " checks failed"; else print first }' "$1"
}

# On one line, without control characters.
plain() { LC_ALL=C tr '\000-\037\177' '?' | LC_ALL=C cut -c 1-200; }

# For a CSV file: in quotes, and nothing that a spreadsheet takes for a formula.
field() { printf '%s' "$1" | plain | sed -e 's/"/""/g' -e "s/^[=+@-]/'&/" -e 's/.*/"&"/'; }

# The chapter whose exercise.h a file includes, in its first lines.
chapter_of() { # file
	head -c 20000 "$1" | LC_ALL=C sed -n 's,^[[:blank:]]*#[[:blank:]]*include[[:blank:]]*"tutorials/\([^/"]*\)/exercise\.h".*,\1,p' | head -1
}

is_file() { [ -f "$1" ] && [ -r "$1" ]; }

# The student's exercise of a chapter; nothing if there is none.
submission_of() { # entry chapter
	for candidate in "$1/$2/exercise.c" "$1/tutorials/$2/exercise.c" "$1"/*/tutorials/"$2"/exercise.c; do
		is_file "$candidate" && { printf '%s' "$candidate"; return; }
	done
	for candidate in "$1" "$1"/exercise.c "$1"/*exercise*.c "$1"/*.c; do
		is_file "$candidate" || continue
		[ -z "$only" ] && [ "$(chapter_of "$candidate")" != "$2" ] || { printf '%s' "$candidate"; return; }
	done
}

# smith_12345_exercise.c was handed in by smith_12345.
student_of() { # entry
	name=${1##*/}
	[ -d "$1" ] || { name=${name%.c}; name=${name%[_-]exercise*}; }
	printf '%s' "$name"
}

add_job() { # student chapter submission
	count=$((count + 1))
	job=$jobs/$(printf '%06d' $count)
	folder=$(printf '%s' "$1" | LC_ALL=C tr -c 'A-Za-z0-9._-' _ | cut -c 1-80)
	case $folder in .*) folder=_$folder ;; esac
	while [ -e "$jobs/taken-$folder-${2##*/}" ]; do folder=$folder-again; done
	mkdir "$job" && : >"$jobs/taken-$folder-${2##*/}"
	printf '%s' "$1" >"$job/student"
	printf '%s' "$2" >"$job/chapter"
	printf '%s' "$3" >"$job/submission"
	printf '%s' "$OUT/$folder/$2" >"$job/out"
}

if [ "$1" = --one ]; then
	one "$2"
	exit 0
fi
[ -d "${DIR-}" ] && [ -n "${OUT-}" ] || {
	echo 'make grade DIR=submissions OUT=folder: which folder holds the submissions, where do the grades go?' >&2
	exit 2
}
only=
[ $# != 1 ] || only=$1
[ "$(uname)" = Linux ] ||
	echo 'Only Linux keeps a submission from doing what you may do. Grade strangers there.' >&2
mkdir -p "$OUT" && jobs=$(mktemp -d) && trap 'rm -rf "$jobs"' EXIT || exit 2
count=0
for entry in "$DIR"/*; do
	[ -e "$entry" ] || [ -L "$entry" ] || continue
	student=$(student_of "$entry") before=$count
	for chapter in "$@"; do
		submission=$(submission_of "$entry" "$chapter"; echo .)
		submission=${submission%.}
		[ -z "$submission" ] && [ -z "$only" ] || add_job "$student" "$chapter" "$submission"
	done
	[ $count != "$before" ] || add_job "$student" "$only" ''
done
[ $count != 0 ] || { echo "$DIR is empty." >&2; exit 2; }
printf '%s\n' "$jobs"/0* "$jobs"/[1-9]* | grep '/[0-9]*$' |
	xargs -P "$(getconf _NPROCESSORS_ONLN)" -n 1 "$0" --one
{
	echo 'student,chapter,points,of,status'
	cat "$jobs"/*/row
} >"$OUT/grades.csv"
echo "$OUT/grades.csv: $(cat "$jobs"/*/row | wc -l | tr -d ' ') rows."
