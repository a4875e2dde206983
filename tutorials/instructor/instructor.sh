#!/bin/sh
# Writes what instructors need into a new folder: solutions, model answers and rubrics, wrong versions with their
# diagnoses, the quizzes to print, the plan, slides. SEED gives the printed quizzes another order.
# usage: tutorials/instructor/instructor.sh FOLDER
out=$1
fail() { printf '%s\n' "$1" >&2; exit "${2:-1}"; }
[ -n "$out" ] || fail 'make instructor OUT=folder: where to?' 2
[ ! -e "$out" ] || fail "$out is there already: name a new folder."
ls tutorials/*/wrong/*.sed >/dev/null 2>&1 || fail 'This tree has no solutions: it is a handout.'
tools=tutorials/instructor

solutions() {
	for file in tutorials/[0-9]*/exercise.c tutorials/[0-9]*/warmups/*.c tutorials/[0-9]*/experiment.md \
		tutorials/[0-9]*/stretch.md; do
		[ ! -f "$file" ] || { mkdir -p "$out/solutions/${file%/*}" && cp "$file" "$out/solutions/$file"; } || return 1
	done
}

# Each wrong version as a file that can be graded, and a list of what it is told.
wrong_versions() {
	mkdir "$out/wrong" || return 1
	printf '# Known wrong versions\n\n| chapter | version | diagnosis |\n|---|---|---|\n' >"$out/wrong/README.md"
	for change in tutorials/[0-9]*/wrong/*.sed; do
		chapter=${change#tutorials/} chapter=${chapter%%/*} name=$(basename "$change" .sed)
		mkdir -p "$out/wrong/$chapter" &&
			sed -f "$change" "tutorials/$chapter/exercise.c" >"$out/wrong/$chapter/$name.c" || return 1
		printf '| %s | [%s](%s/%s.c) | %s |\n' "$chapter" "$name" "$chapter" "$name" \
			"$(sed -n '1s/^# diagnosis: //p' "$change")" >>"$out/wrong/README.md"
	done
}

quizzes() {
	awk -v seed="${SEED:-1}" -f $tools/quiz_bank.awk tutorials/[0-9]*/quiz.txt >"$out/quiz.md" &&
		awk -v seed="${SEED:-1}" -v key=1 -f $tools/quiz_bank.awk tutorials/[0-9]*/quiz.txt >"$out/quiz-key.md"
}

slides() {
	command -v pandoc >/dev/null || { echo 'There are no slides: they need pandoc (apt-get install pandoc).'; return; }
	mkdir "$out/slides" || return 1
	for text in tutorials/[0-9]*/chapter.md; do
		chapter=$(basename "${text%/chapter.md}")
		awk -f $tools/slides.awk "$text" | sed -e 's/<!--[^>]*-->//g' |
			pandoc -f gfm+tex_math_dollars -t html5 --standalone --self-contained --section-divs --mathml \
				--resource-path="tutorials/$chapter" --metadata "pagetitle=$chapter" \
				--include-in-header $tools/slides.css -o "$out/slides/$chapter.html" || return 1
	done
}

mkdir -p "$out" || exit 1
solutions && wrong_versions && quizzes && slides && cp tutorials/instructors.md "$out/plan.md" ||
	{ rm -rf "$out"; fail "$out could not be written."; }
echo "$out: begin with plan.md."
