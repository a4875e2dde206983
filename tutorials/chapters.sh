#!/bin/sh
# Runs the chapters' programs and fills chapter.md, transcript.txt and pictures from what they print
# (fill), or says where these differ from what is in the tree (check).
# usage: tutorials/chapters.sh fill|check PROGRAMS CHAPTER...
mode=$1 programs=$2
shift 2
status=0
complain() { printf '%s\n' "$*" >&2; status=1; }

# Words of prose: no listings, no output, no marks.
words() {
	sed -e '/^```/,/^```/d' -e 's/<!--[^>]*-->//g' "$1" | wc -w
}

for chapter in "$@"; do
	here=tutorials/$chapter out=build/tutorials/$chapter
	mkdir -p "$out"
	# 5 s of processor time: a chapter is read, not waited for.
	if ! (ulimit -t 5; unset EMOTIONNET_DATA; exec "$programs/$chapter/chapter" --values "$out/values") \
			</dev/null >"$out/printed"; then
		complain "$chapter: the program failed, or took more than 5 s"
		continue
	fi
	sed 's/\[ *[0-9.]* \(ms\|times as fast\)\]/[measured]/g' "$out/printed" >"$out/transcript.txt"
	awk -v source="$(echo "$here"/*.[ch])" -v values="$out/values" -v transcript="$out/transcript.txt" \
		-f tutorials/fill.awk "$here/chapter.md" >"$out/chapter.md" || { status=1; continue; }
	files="chapter.md transcript.txt $(cd "$out" && ls ./*.svg 2>/dev/null)"
	for file in $files; do
		if [ "$mode" = fill ]; then
			cmp -s "$out/$file" "$here/$file" || cp "$out/$file" "$here/$file"
		elif ! diff -u "$here/$file" "$out/$file"; then
			complain "$here/$file is not what its program says: make chapters"
		fi
	done
	sed '/^```/,/^```/d' "$here/chapter.md" | grep '\\[^a-zA-Z]' >&2 &&
		complain "$here/chapter.md: GitHub takes a backslash before a sign for its own: write a formula without"
	count=$(words "$here/chapter.md") lines=$(wc -l <"$here/chapter.c")
	printf '%s: %s words, %s lines\n' "$chapter" "$count" "$lines"
	[ "$count" -ge 1200 ] && [ "$count" -le 2000 ] ||
		complain "$here/chapter.md has $count words: from 1200 to 2000 are wanted"
	grep -q "]($chapter/chapter\.md)" tutorials/README.md ||
		complain "tutorials/README.md has no line for $chapter"
	[ "$lines" -ge 150 ] && [ "$lines" -le 400 ] ||
		complain "$here/chapter.c has $lines lines: from 150 to 400 are wanted"
done
exit $status
