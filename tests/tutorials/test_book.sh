#!/bin/sh
# The book: every page and picture of it looked at in a browser, narrow and wide, light and dark, with nothing asked for
# outside; each page leads to the next. Skipped where there is no pandoc.
. "$(dirname "$0")/../support/shell.sh"
command -v pandoc >/dev/null || { echo 'book: skipped: pandoc is not here'; exit 0; }
cd "$top" || exit 1
chapters=$(cd tutorials && ls -d [0-9]*)
check 'the book is not made' tutorials/book.sh "$folder/book" $chapters
before=index
for chapter in $chapters; do
	check "index.html does not lead to $chapter" grep "href=\"$chapter.html\"" "$folder/book/index.html"
	[ $before = index ] || check "$before.html does not lead to $chapter" grep "$chapter.html.*&rarr;" "$folder/book/$before.html"
	check "$chapter.html has no formulas as MathML" grep -c '<math' "$folder/book/$chapter.html"
	check "$chapter.html has a formula that pandoc could not read" sh -c "! grep 'class=\"math ' '$folder/book/$chapter.html'"
	before=$chapter
done
looked_at "$folder"/book/*.html
finish
