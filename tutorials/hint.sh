#!/bin/sh
# The next hint for a chapter's exercise; the last one again when all have been given.
# usage: tutorials/hint.sh CHAPTER. hints.txt: hints, with a line "---" between them.
hints=tutorials/$1/hints.txt count_file=build/exercises/$1/hints
all=$(($(grep -c '^---$' "$hints") + 1))
given=$(cat "$count_file" 2>/dev/null || echo 0)
next=$((given < all ? given + 1 : all))
mkdir -p "${count_file%/*}" && echo "$next" >"$count_file"
printf 'Hint %d of %d\n\n' "$next" "$all"
awk -v wanted="$next" 'BEGIN { n = 1 } /^---$/ { n++; next } n == wanted' "$hints"
