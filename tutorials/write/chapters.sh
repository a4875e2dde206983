#!/bin/sh
# Runs the chapters' programs and fills chapter.md, transcript.txt, pictures, reading
# times, the glossary and the instructors' weeks from them (fill), or says where these
# differ from what is in the tree (check).
# usage: tutorials/write/chapters.sh fill|check PROGRAMS CHAPTER...
mode=$1 programs=$2
shift 2
status=0
complain() { printf '%s\n' "$*" >&2; status=1; }

# keep NEW OLD: what is in the tree becomes what was made; or must be it.
keep() {
	if [ "$mode" = fill ]; then
		cmp -s "$1" "$2" || cp "$1" "$2"
	elif ! diff -u "$2" "$1"; then
		complain "$2 is not what it is made from: make chapters"
	fi
}

# Runs the chapter's program: `printed`, `values`, pictures into $out. 10 s of processor
# time: a chapter is read, not waited for. Chapter 0 is one file, built as its text says.
run() {
	program=$programs/$chapter/chapter
	if [ ! -f "$here/chapter.c" ]; then
		: >"$out/values"
		program=$out/program
		cc -O2 "$here"/*.c -lm -o "$program" || return 1
		set --
	else
		set -- --values "$out/values"
	fi
	(ulimit -t 10; unset EMOTIONNET_DATA; exec "$program" "$@") \
		</dev/null >"$out/printed" 2>"$out/complaints" && [ ! -s "$out/complaints" ]
}

# Marks of the time to read: <!--time-->52 minutes<!--/time-->
put_time() { # minutes, mark
	sed "s|<!--$2-->[^<]*<!--/time-->|<!--$2-->$1 minutes<!--/time-->|"
}

for chapter in "$@"; do
	here=tutorials/$chapter out=build/tutorials/$chapter
	mkdir -p "$out"
	rm -f "$out"/*.svg
	if ! run; then
		complain "$chapter: the program failed, complained, or took more than 10 s"
		cat "$out/complaints" >&2
		continue
	fi
	sed -e 's/\[ *[0-9.]* ms\]/[measured]/g' -e 's/\[ *[0-9.]* times as fast\]/[measured]/g' \
		"$out/printed" >"$out/transcript.txt"
	sources=$(ls "$here"/*.[ch] | grep -v -e /exercise.c -e /checks.c -e /mine.c)
	most=20
	grep -q '^## Recap' "$here/chapter.md" || most=0
	awk -v folder="$here" -v source="$sources" -v values="$out/values" \
		-v transcript="$out/transcript.txt" -v most=$most \
		-f tutorials/write/fill.awk "$here/chapter.md" >"$out/filled.md" || { status=1; continue; }
	awk -f tutorials/write/reading.awk "$out/filled.md" >"$out/counts"
	read -r words lines figures formulas predictions minutes <"$out/counts"
	put_time "$minutes" time <"$out/filled.md" >"$out/chapter.md"
	put_time "$minutes" "time: $chapter" <tutorials/README.md >"$out/README.md"
	keep "$out/README.md" tutorials/README.md
	for file in chapter.md transcript.txt $(cd "$out" && ls ./*.svg 2>/dev/null); do
		keep "$out/$file" "$here/$file"
	done
	echo "$chapter: $minutes minutes to read: $words words, $lines lines, $figures figures," \
		"$formulas formulas, $predictions predictions"
done

# The glossary is made of the lists of terms.
mkdir -p build/tutorials
texts=$(ls tutorials/[0-9]*/chapter.md)
awk -f tutorials/write/glossary.awk $texts >build/tutorials/glossary.md || status=1
keep build/tutorials/glossary.md tutorials/glossary.md

# The instructors' table of times is made of the reading times and the exercises.
awk -v warmups="$(ls tutorials/[0-9]*/warmups/*.c)" -f tutorials/write/weeks.awk \
	tutorials/README.md tutorials/instructors.md >build/tutorials/instructors.md || status=1
keep build/tutorials/instructors.md tutorials/instructors.md

for chapter in "$@"; do
	tutorials/write/chapter_check.sh "$chapter" || status=1
done
exit $status
