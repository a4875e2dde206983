#!/bin/sh
# make grade: whatever a class hands in, each student has a row, and nothing stops the rest.
# make autograder: the zip, unpacked into a folder in place of /autograder, builds and grades.
# Skipped but under MODE=sanitize, where the grader is at home.
cd "$(dirname "$0")/../.." || exit 2
export OBJECTS="${EMOTIONNET%/bin/emotionnet}"
exercise=tests/tutorials/exercise
[ -x "$OBJECTS/$exercise/grade" ] ||
	{ echo 'skipped: the grader is not built (make test MODE=sanitize builds it)'; exit 0; }
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT || exit 2
failed=0
fail() { printf 'tests/tutorials/proof_class.sh: %s\n' "$*"; failed=1; }

# --- a class ---
in=$dir/in solution=$exercise/exercise.c
mkdir -p "$in/folder_within/$exercise" "$in/plain" "$in/nobody" "$in/a folder_1_exercise.c" "$in/new
line" "$in/it's \"quoted\""
cp $solution "$in/folder_within/$exercise/exercise.c"
cp $solution "$in/plain/exercise.c"
cp $solution "$in/new
line/exercise.c"
cp $solution "$in/it's \"quoted\"/my_exercise.c"
cp $solution "$in/doe_12345_exercise.c"
sed 's/+ shift//' $solution >"$in/roe_12346_exercise.c"
printf 'not C' >"$in/=cmd_exercise.c"
printf 'not C' >"$in/--help_exercise.c"
: >"$in/empty_1_exercise.c"
mkfifo "$in/pipe_1_exercise.c"
ln -s /nowhere "$in/dangling_1_exercise.c"
dd if=/dev/zero of="$in/huge_1_exercise.c" bs=1 count=1 seek=1000000000 2>/dev/null
DIR=$in OUT=$dir/out tutorials/grader/class.sh $exercise >"$dir/said" 2>&1 || fail "status $?: $(cat "$dir/said")"

row() { # WHAT, a line of grades.csv without the chapter
	grep -q -x -e "$2" "$dir/out/grades.csv" || fail "$1: not in grades.csv: $2
$(cat "$dir/out/grades.csv")"
}
row folder_with_chapter_gets_all "\"folder_within\",$exercise,10,10,\"all points\""
row folder_with_file_gets_all "\"plain\",$exercise,10,10,\"all points\""
row new_line_is_replaced "\"new?line\",$exercise,10,10,\"all points\""
row quotes_are_doubled "\"it's \"\"quoted\"\"\",$exercise,10,10,\"all points\""
row file_with_a_name_gets_all "\"doe_12345\",$exercise,10,10,\"all points\""
row wrong_loses_points "\"roe_12346\",$exercise,7,10,\"2 of 5 checks failed\""
row formula_is_text "\"'=cmd\",$exercise,0,10,\"It does not compile:\""
row option_is_a_name "\"'--help\",$exercise,0,10,\"It does not compile:\""
row empty_is_named "\"empty_1\",$exercise,0,10,\"It compiles, but there is no line in it.*\""
row huge_is_refused "\"huge_1\",$exercise,0,10,\".*larger than.*\""
for name in nobody 'a folder_1_exercise.c' pipe_1 dangling_1; do
	row nothing_is_said "\"$name\",$exercise,0,10,\"no exercise found\""
done
[ "$(wc -l <"$dir/out/grades.csv")" -eq 15 ] || fail "rows: $(cat "$dir/out/grades.csv")"
[ "$(find "$dir/out" -name results.json | wc -l)" -eq 10 ] || fail 'a results.json is missing'
DIR=$in tutorials/grader/class.sh $exercise >"$dir/said" 2>&1
[ $? = 2 ] && grep -q 'where do the grades go' "$dir/said" || fail "without OUT: $(cat "$dir/said")"

# The chapter of a file that stands alone is the one whose exercise.h it includes.
mkdir "$dir/two"
printf '#include "tutorials/02-the-tape/exercise.h"\nint x = ;\n' >"$dir/two/doe.c"
DIR=$dir/two OUT=$dir/out2 tutorials/grader/class.sh 01-tensors 02-the-tape >"$dir/said" 2>&1
grep -q '^"doe",02-the-tape,0,10,' "$dir/out2/grades.csv" || fail "chapter: $(cat "$dir/said")"

# --- Gradescope ---
if command -v zip >/dev/null && command -v unzip >/dev/null && [ -e .git ]; then
	chapter=02-the-tape
	export AUTOGRADER="$dir/autograder"
	mkdir -p "$AUTOGRADER/submission"
	OUT=$dir/autograder.zip tutorials/grader/autograder.sh $chapter >"$dir/said" 2>&1 || fail "zip: $(cat "$dir/said")"
	(cd "$AUTOGRADER" && unzip -q "$dir/autograder.zip" && ./setup.sh) >"$dir/said" 2>&1 || fail "setup.sh: $(tail -20 "$dir/said")"
	! grep -rq 'BEGIN SOLUTION' "$AUTOGRADER/source/tutorials/$chapter" || fail 'a solution is in the zip'
	[ ! -e "$AUTOGRADER/source/tutorials/$chapter/wrong" ] || fail 'wrong versions are in the zip'
	cp tutorials/$chapter/exercise.c "$AUTOGRADER/submission/mine.c"
	"$AUTOGRADER/run_autograder" >"$dir/said" 2>&1 || fail "run_autograder: $(cat "$dir/said")"
	grep -q '^{"score":10,' "$AUTOGRADER/results/results.json" || fail "Gradescope: $(cat "$dir/said")"
	cp tutorials/handout/strip.awk "$AUTOGRADER/submission/mine.c"
	"$AUTOGRADER/run_autograder" >"$dir/said" 2>&1 || fail "run_autograder of what is no C: $(cat "$dir/said")"
	grep -q '^{"score":0,' "$AUTOGRADER/results/results.json" || fail "no C: $(cat "$dir/said")"
else
	echo 'skipped: the zip for Gradescope (zip, unzip or a clone is missing)'
fi
exit $failed
