#!/bin/sh
# Checks that a chapter has the form that tutorials/writing.md describes: length,
# sections, drawings, predictions, terms; and that nothing it points to is missing. Says
# all that is wrong. Run by chapters.sh, after it has run the program and filled the text.
# usage: tutorials/write/chapter_check.sh CHAPTER
chapter=$1
here=tutorials/$chapter text=tutorials/$chapter/chapter.md out=build/tutorials/$chapter
status=0
complain() { printf '%s: %s\n' "$text" "$*" >&2; status=1; }

# The text without listings and output.
prose() { sed '/^```/,/^```/d' "$text"; }
# The lines of a section.
section() { awk -v title="## $1" '/^## / { inside = ($0 == title); next } inside' "$text"; }
# between NUMBER LEAST MOST WHAT
between() {
	[ "$1" -ge "$2" ] && [ "$1" -le "$3" ] || complain "$1 $4: from $2 to $3 are wanted"
}

# --- what it points to ---

link_exists() { # target
	case $1 in
	http://* | https://* | mailto:* | '#'*) return 0 ;;
	esac
	[ -e "$here/${1%%#*}" ]
}
for link in $(prose | grep -o '](\([^ )]*\))' | sed 's/^](//; s/)$//'); do
	link_exists "$link" || complain "the link to $link leads nowhere"
done
# What stands in back-quotes and looks like a file of the project is one:
# `layers/linear.c`.
for path in $(prose | grep -o '`[A-Za-z0-9_.-]*/[A-Za-z0-9_./-]*`' | tr -d '`' | sort -u); do
	case $path in
	build/* | ./* | /* | *...*) continue ;;
	*.[ch] | *.md | *.sh | *.awk | *.gdb | *.mk | *.txt | *.svg | */) ;;
	*) continue ;;
	esac
	[ -e "$path" ] || [ -e "$here/$path" ] || complain "there is no $path"
done
prose | grep '\\[^a-zA-Z]' >&2 &&
	complain 'GitHub takes a backslash before a sign for its own: write a formula without'
grep -q "]($chapter/chapter\.md)" tutorials/README.md ||
	complain 'tutorials/README.md has no line for it'

# Chapter 0 is a short introduction. A text without a recap is not yet in the form, and
# checked no further.
read -r words lines figures formulas predictions minutes <"$out/counts"
if [ "$chapter" = 00-one-page ]; then
	between "$words" 400 1000 words
	exit $status
fi
grep -q '^## Recap' "$text" || exit $status

# --- its form ---

between "$words" 1500 2500 words
between "$minutes" 45 65 'minutes to read'
between "$(wc -l <"$here/chapter.c")" 150 450 'lines of chapter.c'
grep -q '<!--time-->' "$text" || complain 'the head has no <!--time--><!--/time-->'

# These, in this order; others may stand between them.
last=0
for title in 'The question' 'What you need' 'The experiment' 'In the library' \
	'Break it on purpose' Recap Terms Self-check Exercises 'What to read next'; do
	line=$(grep -n "^## $title\$" "$text" | cut -d: -f1)
	case $line in
	'' | *[!0-9]*) complain "\"## $title\" has to stand in it once" && continue ;;
	esac
	[ "$line" -gt "$last" ] || complain "\"## $title\" stands too early"
	last=$line
done

between "$(section Recap | grep -c '^\* ')" 4 6 'lines of recap'
between "$(section Self-check | grep -c '^[1-9]\. ')" 4 6 'questions to check oneself'
for title in 'Self-check' 'Break it on purpose'; do
	section "$title" | grep -q '<details>' || complain "\"$title\" has no folded answer"
done

# The answer to each prediction of the program can be read here as well.
asked=$(grep -c '^?' "$out/values")
[ "$asked" -ge 4 ] || complain "its program asks for $asked predictions: four are wanted"
for number in $(seq "$asked"); do
	grep -q "^<!-- prediction: $number -->" "$text" ||
		complain "prediction $number does not stand in it"
done

for picture in "$here"/*.svg; do
	[ -e "$picture" ] || continue
	name=${picture##*/}
	grep -qF "($name)" "$text" || complain "$name is not shown"
	[ -e "$out/$name" ] || complain "nothing draws $name"
done
drawings=$(grep -c '^drawing	' "$out/values")
[ "$drawings" -ge 2 ] ||
	complain "$drawings drawings that explain, beside charts: two are wanted"

# --- its terms ---

# A space or a hyphen, one as good as the other; line ends are spaces.
flat() { tr 'A-Z\n-' 'a-z  ' | tr -s ' '; }
prose | flat >"$out/flat"
section Terms | sed -n 's/^\* \*\*\([^*]*\)\*\*:.*/\1/p' | while read -r term; do
	flat_term=$(printf %s "$term" | flat)
	grep -q "[^*]\*${flat_term}[a-z]*\*[^*]" "$out/flat" || echo "$term"
done >"$out/unmarked"
while read -r term; do
	complain "\"$term\" stands nowhere in italics: *$term* where it is used first"
done <"$out/unmarked"
sed -n "s/^${chapter%%-*}: //p" tutorials/write/syllabus.txt | tr ',' '\n' >"$out/wanted"
while read -r term; do
	grep -q "$(printf %s "$term" | flat)" "$out/flat" ||
		complain "the syllabus wants it to speak of \"$term\""
done <"$out/wanted"
exit $status
