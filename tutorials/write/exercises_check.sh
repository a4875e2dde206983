#!/bin/sh
# Proves of each exercise that its solution gets all points, its stub none of them in full, and each
# wrong version loses points with its own diagnosis and no other.
# usage: tutorials/write/exercises_check.sh CHAPTER...; after make MODE=sanitize exercise-build.
#        tutorials/write/exercises_check.sh --one CHAPTER solution|stub|wrong/NAME.sed
#
# A wrong version is tutorials/CHAPTER/wrong/NAME.sed: the change to exercise.c, and its first line
# "# diagnosis: " with the sentence that must follow "Likely mistake: ", or its beginning.
# All are graded side by side, on as many processors as there are.
status=0
complain() { printf '%s\n' "$*"; status=1; }

grade() { # file -> grade's status; results in $out/$name
	tutorials/grade.sh "$chapter" "$1" "$out/$name" >"$out/$name.said" 2>&1
}

# The mistakes that the results name, each once.
mistakes() { sed -n 's/^ *Likely mistake: //p' "$out/$name/results.txt" | sort -u; }

check_stub() {
	awk -f tutorials/handout/strip.awk "$source" >"$out/stub.c" || { status=1; return; }
	grade "$out/stub.c"
	[ $? = 1 ] && tail -1 "$out/stub/results.txt" | grep -q '^0 of' ||
		complain "$source: the stub does not build, or gets points: $(cat "$out/stub.said")"
}

check_wrong() { # script
	expected=$(sed -n '1s/^# diagnosis: //p' "$1")
	sed -f "$1" "$source" >"$out/$name.c"
	if [ -z "$expected" ]; then
		complain "$1: its first line is not \"# diagnosis: ...\""
	elif cmp -s "$source" "$out/$name.c"; then
		complain "$1: changes nothing in $source"
	elif grade "$out/$name.c"; then
		complain "$1: gets all points"
	else
		found=$(mistakes)
		case $found in
		"$expected"*) ;;
		*) complain "$1: expected \"$expected\", found \"$found\"" ;;
		esac
		[ "$(printf '%s\n' "$found" | wc -l)" = 1 ] ||
			complain "$1: more than one diagnosis: $found"
	fi
}

if [ "$1" = --one ]; then
	chapter=$2 name=$(basename "$3" .sed)
	source=tutorials/$chapter/exercise.c out=build/exercises-check/$chapter
	case $3 in
	# With many numbers: what is right must pass, whichever the grader chooses.
	solution) EXERCISE_SEED=$(seq 1 24 | tr '\n' ' ') grade "$source" || complain "$source: the solution does not pass: $(cat "$out/solution.said")" ;;
	stub) check_stub ;;
	*) check_wrong "tutorials/$chapter/$3" ;;
	esac
	exit $status
fi

ls tutorials/*/wrong/*.sed >/dev/null 2>&1 ||
	{ echo 'This tree has no solutions and no wrong versions: it is a handout.' >&2; exit 1; }
for chapter in "$@"; do
	out=build/exercises-check/$chapter
	rm -rf "$out" && mkdir -p "$out" || exit 1
	wrong=$(cd "tutorials/$chapter" && ls wrong/*.sed)
	printf '%s\n' solution stub $wrong | sed "s,^,$chapter ,"
done | xargs -P "$(getconf _NPROCESSORS_ONLN)" -L 1 "$0" --one || status=1
for chapter in "$@"; do
	wrong=$(ls tutorials/"$chapter"/wrong/*.sed | wc -l)
	[ "$wrong" -ge 6 ] || complain "$chapter: $wrong wrong versions, expected six at least"
	[ "$(grep -c '^---$' "tutorials/$chapter/hints.txt")" = 2 ] || complain "$chapter: three hints are expected"
	[ $status != 0 ] || printf '%s: solution, stub and %d wrong versions\n' "$chapter" "$wrong"
done
exit $status
