#!/bin/sh
# make instructor: every solution, wrong version and question is there; slides need nothing from outside.
. "$(dirname "$0")/../support/shell.sh"
cd "$top" || exit 1
make=tutorials/instructor/instructor.sh out=$folder/given
expect 2 'where to?' $make ''
check 'nothing is written' env SEED=3 $make "$out"
expect 1 'is there already' $make "$out"
for file in tutorials/*/exercise.c tutorials/*/warmups/*.c tutorials/*/experiment.md; do
	check "$file is not among the solutions" cmp "$file" "$out/solutions/$file"
done
for change in tutorials/*/wrong/*.sed; do
	chapter=$(echo "$change" | cut -d/ -f2) version=$(basename "$change" .sed)
	check "$change is no file" [ -s "$out/wrong/$chapter/$version.c" ]
	check "$change has no diagnosis in the list" \
		grep -qF "| [$version]($chapter/$version.c) | $(sed -n '1s/^# diagnosis: //p' "$change") |" "$out/wrong/README.md"
done
check 'not every question is in the bank' \
	[ "$(grep -c '^[0-9]*\. ' "$out/quiz.md")" = "$(cat tutorials/*/quiz.txt | grep -c '^? ')" ]
check 'the sheet tells what is right' sh -c "! grep -q '\*\*' '$out/quiz.md'"
check 'the key has not every reply' sh -c "! grep -q ': *\\\\*$' '$out/quiz-key.md'"
check 'a seed does not repeat itself' sh -c "awk -v seed=3 -f tutorials/instructor/quiz_bank.awk \
	tutorials/[0-9]*/quiz.txt | cmp - '$out/quiz.md'"
check 'another seed asks the same' sh -c "! awk -v seed=4 -f tutorials/instructor/quiz_bank.awk \
	tutorials/[0-9]*/quiz.txt | cmp -s - '$out/quiz.md'"
command -v pandoc >/dev/null || { finish 'no pandoc, so no slides: '; exit; }
for text in tutorials/[0-9]*/chapter.md; do
	slides=$out/slides/$(basename "${text%/chapter.md}").html
	check "$slides has no slides" [ "$(grep -c 'class="level2"' "$slides")" -ge 2 ]
	check "$slides refers to something outside" sh -c "! grep -nE '(src|href)=\"(https?:)?//' '$slides'"
done
finish
