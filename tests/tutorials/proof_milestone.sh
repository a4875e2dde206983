#!/bin/sh
# The milestone: with all reference solutions each part is as the library's; each known-wrong version of any of them
# stops before training, and its chapter is named. usage: tests/tutorials/proof_milestone.sh [CHAPTER...]
# TRAIN=1 trains as well: the parts reach the library's accuracy within its interval.
. "$(dirname "$0")/../support/shell.sh"
cd "$top" || exit 1
tutorials/handout/handout.sh "$folder/handout" >/dev/null || exit 1
# Objects of the same sources, to save their time: make compares times, which the handout keeps.
[ ! -d build/release ] || { mkdir "$folder/handout/build" && cp -Rp build/release "$folder/handout/build/"; }
rm -rf "$folder/handout/build/mine" && cd "$folder/handout" || exit 1

passed() { # CHAPTER: its reference solution, as if it had passed
	mkdir -p ".progress/passed/$1" && cp "$top/tutorials/$1/exercise.c" ".progress/passed/$1/"
}

milestone() {
	make -s build/mine/milestone >"$folder/said" 2>&1 && timeout 60 build/mine/milestone >"$folder/said" 2>&1
}

chapters=$(ls tutorials/*/mine.c | sed 's,tutorials/,,; s,/mine.c,,')
for chapter in $chapters; do
	passed "$chapter"
done
milestone
status=$?
check "the reference solutions: $(tail -3 "$folder/said")" [ $status -eq 0 ]
parts=$(grep -c 'yours' "$folder/said")
check 'a part is not tried' [ "$parts" -ge "$(echo "$chapters" | wc -l)" ]

for chapter in ${*:-$chapters}; do
	number=${chapter%%-*}
	for wrong in "$top/tutorials/$chapter"/wrong/*.sed; do
		sed -f "$wrong" "$top/tutorials/$chapter/exercise.c" >".progress/passed/$chapter/exercise.c"
		milestone
		status=$?
		check "$chapter, $(basename "$wrong" .sed): it does not stop" [ $status -ne 0 ]
		[ $status -eq 0 ] ||
			check "$chapter, $(basename "$wrong" .sed): its chapter is not named: $(tail -2 "$folder/said")" \
				grep -q "make exercise CH=$number says why" "$folder/said"
	done
	passed "$chapter"
done

if [ "${TRAIN:-}" ]; then
	began=$(date +%s)
	make -s milestone >"$folder/said" 2>&1
	status=$?
	seconds=$(($(date +%s) - began))
	tail -4 "$folder/said"
	check "the milestone: $(tail -3 "$folder/said")" [ $status -eq 0 ]
	check "the milestone takes $seconds s" [ $seconds -lt 600 ]
fi
finish
