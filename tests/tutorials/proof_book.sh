#!/bin/sh
# The book: every page and picture of it looked at in a browser, narrow and wide, light and dark, with nothing asked for
# outside; each link leads to something, each page to the next, and nothing shows a solution. Skipped where there is
# no pandoc.
. "$(dirname "$0")/../support/shell.sh"
command -v pandoc >/dev/null || { echo 'book: skipped: pandoc is not here'; exit 0; }

# The tutorials with one more chapter, which has all that a text may have.
mkdir tree && cd tree || exit 1
for part in "$top"/*; do
	[ "${part##*/}" = tutorials ] || ln -s "$part" .
done
cp -r "$top/tutorials" .
cp -r "$here/book" tutorials/99-sample
printf '\n* **stop word**: A word of the sample only.\n' >>tutorials/glossary.md
chapters=$(cd tutorials && ls -d [0-9]*)
book=$folder/book
mkdir -p "$folder/sounds/99-sample" || exit 1 # a thousandth of a second of silence
printf 'RIFF\054\0\0\0WAVEfmt \020\0\0\0\1\0\1\0\100\037\0\0\100\037\0\0\1\0\010\0data\010\0\0\0\200\200\200\200\200\200\200\200' \
	>"$folder/sounds/99-sample/said.wav"
SOUNDS=$folder/sounds
export SOUNDS
check 'the book is not made' tutorials/book/book.sh "$book" $chapters

before=index
for chapter in $chapters; do
	check "index.html does not lead to $chapter" [ $chapter = 99-sample -o -n "$(grep "href=\"$chapter.html\"" "$book/index.html")" ]
	[ $before = index ] || check "$before.html does not lead to $chapter" grep "$chapter.html.*&rarr;" "$book/$before.html"
	check "$chapter.html has no contents" grep 'On this page' "$book/$chapter.html"
	! grep -q '^\$\$' "tutorials/$chapter/chapter.md" ||
		check "$chapter.html has no formulas as MathML" grep -c '<math' "$book/$chapter.html"
	check "$chapter.html has a formula that pandoc could not read" sh -c "! grep 'class=\"math ' '$book/$chapter.html'"
	check "$chapter.html has a mark left" sh -c "! grep '<!--' '$book/$chapter.html'"
	before=$chapter
done

# What is special in the sample.
page=$book/99-sample.html
check 'a term has no anchor' grep 'id="term-stop-word"' "$page"
check 'the index does not lead to the term' grep 'href="99-sample.html#term-stop-word"' "$book/terms.html"
check 'the index does not lead to where it is used first' grep 'href="99-sample.html#the-question">99 A sample' "$book/terms.html"
check 'the index names a chapter that does not use the term' sh -c "! grep 'stop word.*01-tensors' '$book/terms.html'"
check 'a sound cannot be played' grep '<audio.*src="99-sample/said.wav"' "$page"
check 'the sound is not there' [ -f "$book/99-sample/said.wav" ]
check 'a sound that nobody wrote can be played' sh -c "! grep '<audio' '$book/01-tensors.html'"
check 'a listing has no colours' grep '<span class="cf">' "$page"
check 'a line of the library is not linked' grep 'href="source/layers-linear.c.html#L' "$page"
check 'the line has no anchor' grep 'id="L20"' "$book/source/layers-linear.c.html"
check 'the answer is not folded' grep -A1 '<details>' "$page"
check 'the exercises are not linked' grep 'href="99-sample-exercises.html#part-a"' "$page"
check 'a stub is not shown' grep 'return</span> <span class="dv">0' "$book/99-sample-exercises.html"
check 'the book shows a solution' sh -c "! grep -r -e secret_solution -e 'secret answer' '$book'"
check 'the checks of a warm-up are shown' sh -c "! grep WARMUP_NUMBER '$book/99-sample-exercises.html'"

# Every link within the book leads to a page, and to a place in it.
(cd "$book" && grep -o 'href="[^"]*"' ./*.html source/*.html) | sed 's/:href="/ /; s/"$//' | sort -u >links
while read -r from link; do
	case $link in http* | mailto*) continue ;; esac
	to=$(dirname "$from")/${link%%#*}
	[ -n "${link%%#*}" ] || to=$from
	case $link in
	*'#') anchor= ;;
	*'#'*) anchor=${link#*#} ;;
	*) anchor= ;;
	esac
	if [ ! -e "$book/$to" ]; then
		echo "$from: $link: no page"
	elif [ -n "$anchor" ] && ! grep -q "id=\"$anchor\"" "$book/$to"; then
		echo "$from: $link: no such place"
	fi
done <links >broken
check "links lead nowhere: $(head -5 broken)" [ ! -s broken ]

if command -v chromium >/dev/null; then
	check 'the book is not printed' tutorials/book/pdf.sh "$book"
	! command -v pdftotext >/dev/null || check 'what is folded is not printed' \
		sh -c "pdftotext '$book/book.pdf' - | grep 'folded answer of the sample'"
fi
looked_at "$book"/[0-9]*.html "$book"/[a-oq-z]*.html "$book/source/layers-linear.c.html"
finish
