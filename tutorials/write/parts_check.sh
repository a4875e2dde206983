#!/bin/sh
# Proves of each chapter's other parts: a warm-up's solution passes and its stub fails, with a hint there; the quiz can
# be read; the experiment is a form with a model answer and a rubric; the stretch has a figure to beat.
# A part whose file is not there is not asked for.
# usage: OBJECTS=build/sanitize LEARN=build/release/tutorials/learn/learn tutorials/write/parts_check.sh CHAPTER...
status=0
complain() { printf '%s\n' "$*"; status=1; }
out=build/parts-check

check_warmup() { # file
	name=$(basename "$1" .c)
	tutorials/handout/stub.sh "$1" >"$out/$name.c" || { status=1; return; }
	grep -q 'hint: .' "$1" || complain "$1: no line \"hint: ...\""
	grep -q 'Warm-up [1-9]: .' "$1" || complain "$1: does not begin with \"Warm-up N: title\""
	grep -q -e 'WRONG(' -e 'WRONG_WITHIN(' -e 'NOT(' "$1" || complain "$1: no reply to a wrong answer"
	tutorials/learn/warmup.sh "$chapter" "$1" "$out/$name" >"$out/said" 2>&1 ||
		complain "$1: the solution does not pass: $(cat "$out/said")"
	[ ! -s "$out/$name/compiler.txt" ] || complain "$1: warnings: $(cat "$out/$name/compiler.txt")"
	tutorials/learn/warmup.sh "$chapter" "$out/$name.c" "$out/$name.stub" >"$out/said" 2>&1
	[ $? = 1 ] || complain "$1: the stub passes, or cannot be tried: $(cat "$out/said")"
	[ ! -s "$out/$name.stub/compiler.txt" ] ||
		complain "$1: the stub does not compile without a warning: $(cat "$out/$name.stub/compiler.txt")"
}

check_experiment() { # file
	tutorials/handout/stub.sh "$1" | grep -q '___' || complain "$1: nothing to fill in: ___"
	tutorials/handout/stub.sh "$1" | grep -q '^## My explanation$' || complain "$1: no section \"My explanation\""
	for section in 'Model answer' Rubric; do
		tutorials/handout/stub.sh "$1" | grep -q "^## $section" && complain "$1: \"$section\" stands above the instructor's mark"
		grep -q "^## $section\$" "$1" || complain "$1: no section \"$section\""
	done
	sum=$(sed '1,/^## Rubric/d' "$1" | awk -F'|' '$2 ~ /^ *[0-9]+ *$/ { sum += $2 } END { print sum + 0 }')
	[ "$sum" = 10 ] || complain "$1: the rubric's points sum to $sum, expected 10"
}

for chapter in "$@"; do
	here=tutorials/$chapter
	rm -rf "$out" && mkdir -p "$out" || exit 1
	count=0
	if [ -d "$here/warmups" ]; then
		"${MAKE:-make}" -s MODE=sanitize "CH=${chapter%%-*}" warmups-build || exit 1
		for warmup in "$here"/warmups/*.c; do
			check_warmup "$warmup"
			count=$((count + 1))
		done
		[ $count -ge 3 ] && [ $count -le 5 ] || complain "$here/warmups: $count, from three to five are wanted"
	fi
	[ ! -f "$here/quiz.txt" ] || "$LEARN" quiz-check "$here/quiz.txt" || status=1
	[ ! -f "$here/experiment.md" ] || check_experiment "$here/experiment.md"
	if [ -f "$here/stretch.md" ]; then
		for line in 'Figure to beat:' 'How to measure:'; do
			grep -q "^\*\*$line\*\* ." "$here/stretch.md" || complain "$here/stretch.md: no line \"**$line** ...\""
		done
	fi
	# A text in the form of writing.md comes with all its parts.
	if [ -f "$here/exercise.c" ] && grep -q '^## Recap' "$here/chapter.md"; then
		for part in warmups quiz.txt experiment.md stretch.md; do
			[ -e "$here/$part" ] || complain "$here has no $part"
		done
	fi
	[ $status != 0 ] || printf '%s: %d warm-ups%s\n' "$chapter" $count \
		"$(cd "$here" && for f in quiz.txt experiment.md stretch.md; do [ ! -f $f ] || printf ', %s' $f; done)"
done
exit $status
