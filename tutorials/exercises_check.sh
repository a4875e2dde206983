#!/bin/sh
# Proves of each exercise that its solution gets all points, its stub none of them in full, and each
# wrong version loses points with its own diagnosis and no other.
# usage: tutorials/exercises_check.sh CHAPTER...; after make MODE=sanitize exercise-build.
#
# A wrong version is tutorials/CHAPTER/wrong/NAME.sed: the change to exercise.c, and its first line
# "# diagnosis: " with the sentence that must follow "Likely mistake: ", or its beginning.
status=0
complain() { printf '%s\n' "$*"; status=1; }

grade() { # file folder -> grade's status; results in the folder
	tutorials/grade.sh "$chapter" "$1" "$2" >/dev/null
}

# The mistakes that the results name, each once.
mistakes() { sed -n 's/^ *Likely mistake: //p' "$1/results.txt" | sort -u; }

check_wrong() { # script
	name=$(basename "$1" .sed)
	expected=$(sed -n '1s/^# diagnosis: //p' "$1")
	sed -f "$1" "$source" >"$out/$name.c"
	if [ -z "$expected" ]; then
		complain "$1: its first line is not \"# diagnosis: ...\""
	elif cmp -s "$source" "$out/$name.c"; then
		complain "$1: changes nothing in $source"
	elif grade "$out/$name.c" "$out/$name"; then
		complain "$1: gets all points"
	else
		found=$(mistakes "$out/$name")
		case $found in
		"$expected"*) ;;
		*) complain "$1: expected \"$expected\", found \"$found\"" ;;
		esac
		[ "$(printf '%s\n' "$found" | wc -l)" = 1 ] ||
			complain "$1: more than one diagnosis: $found"
	fi
}

for chapter in "$@"; do
	source=tutorials/$chapter/exercise.c out=build/exercises-check/$chapter
	rm -rf "$out" && mkdir -p "$out"
	awk -f tutorials/strip.awk "$source" >"$out/stub.c" || { status=1; continue; }
	grade "$source" "$out/solution" ||
		complain "$source: the solution does not pass: $(cat "$out/solution/results.txt")"
	grade "$out/stub.c" "$out/stub"
	[ $? = 1 ] && [ -x "$out/stub/exercise" ] && tail -1 "$out/stub/results.txt" | grep -q '^0 of' ||
		complain "$source: the stub does not build, or gets points: $(cat "$out/stub/results.txt")"
	wrong=0
	for script in tutorials/"$chapter"/wrong/*.sed; do
		check_wrong "$script"
		wrong=$((wrong + 1))
	done
	[ $wrong -ge 4 ] || complain "$chapter: $wrong wrong versions, expected four at least"
	[ "$(grep -c '^---$' "tutorials/$chapter/hints.txt")" = 2 ] || complain "$chapter: three hints are expected"
	printf '%s: solution, stub and %d wrong versions\n' "$chapter" $wrong
done
exit $status
