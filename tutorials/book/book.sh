#!/bin/sh
# The chapters as a book of static HTML: formulas as MathML, no outside reference. Needs
# pandoc.
# usage: [SOUNDS=build/tutorials] tutorials/book/book.sh FOLDER CHAPTER...
#
# Beside a page for each chapter: its exercises, a glossary, an index of terms, a page for
# each source file that is linked to, and print.html, all chapters in one, which make
# book-pdf prints. Sounds that the chapters' programs have written (SOUNDS/CHAPTER/*.wav) can be played.
folder=$1
shift
here=tutorials/book
command -v pandoc >/dev/null || {
	echo 'make book needs pandoc: apt-get install pandoc' >&2
	exit 1
}
rm -rf "$folder" && mkdir -p "$folder/source" || exit 1
work=$folder/work
mkdir "$work"
sounds=${SOUNDS:-build/tutorials}
name='Deep learning from scratch, in C'

title_of() { sed -n '1s/^# *\([0-9]*\) */\1 /p' "tutorials/$1/chapter.md"; }

# What pandoc adds to each line of a listing is left out: its own link, and an anchor but
# in source files.
tidy() {
	sed -e 's,<a href="#cb[^"]*" aria-hidden="true" tabindex="-1"></a>,,g' \
		-e 's/ id="toc-[^"]*"//g' -e 's/<th>/<th scope="col">/g' \
		-e 's/<pre class/<pre tabindex="0" class/g' -e 's/<pre>/<pre tabindex="0">/g' -e "$1"
}
html() {
	pandoc -t html5 --standalone --wrap=none --template $here/page.html \
		--include-in-header $here/book.css "$@"
}
# page NAME TITLE [PANDOC OPTION...]: the text on standard input as NAME.html
page() {
	page=$1 title=$2
	shift 2
	html -f gfm+tex_math_dollars --mathml --metadata "pagetitle=$title" "$@" |
	tidy 's/<span id="cb[^"]*">/<span>/g; s/ id="cb[^"]*"//g' >"$folder/$page.html"
	[ -s "$folder/$page.html" ] || exit 1
}
# navigation PART...: each "file.html|text"
navigation() {
	printf '<nav class="%s">' "$1"
	shift
	for part; do
		[ -z "$part" ] || printf '<a href="%s">%s</a> ' "${part%%|*}" "${part#*|}"
	done
	printf '</nav>\n'
}

# text CHAPTER FILE [whole]: as the book has it; what it links to is added to
# $work/linked.
text() {
	: >"$work/more"
	awk -v folder="tutorials/$1" -v linked="$work/more" -v whole="${3:-}" -v sounds="$sounds/$1" \
		-f $here/text.awk "$2"
	cat "$work/more" >>"$work/linked"
}

# whole NAME FILE: the same for the page that holds all, behind an anchor of that name.
whole() {
	printf '\n<span id="%s"></span>\n\n' "$1"
	text "$chapter" "$2" whole
} >>"$work/print.md"

contents='--toc --toc-depth=2'
all='index.html|All chapters' words='glossary.html|Glossary' index='terms.html|Index'
before=
for chapter; do
	shift
	after=${1:-}
	title=$(title_of "$chapter")
	mkdir "$folder/$chapter"
	for picture in tutorials/"$chapter"/*.svg "$sounds/$chapter"/*.wav; do
		[ ! -e "$picture" ] || cp "$picture" "$folder/$chapter/" || exit 1
	done
	exercises=
	[ ! -e "tutorials/$chapter/exercise.h" ] && [ ! -d "tutorials/$chapter/warmups" ] ||
		exercises="$chapter-exercises.html|Exercises"
	back=${before:+"$before.html|&larr; $(title_of "${before:-$chapter}")"}
	forth=${after:+"$after.html|$(title_of "${after:-$chapter}") &rarr;"}
	for place in top after; do
		navigation $place "$back" "$all" "$exercises" "$words" "$index" "$forth" >"$work/$place"
	done
	text "$chapter" "tutorials/$chapter/chapter.md" |
		page "$chapter" "$title" $contents -B "$work/top" -A "$work/after" || exit 1
	whole "$chapter" "tutorials/$chapter/chapter.md"
	if [ -n "$exercises" ]; then
		navigation top "$chapter.html|&larr; $title" "$all" "$words" "$index" >"$work/top"
		$here/exercises.sh "$chapter" >"$work/$chapter-exercises"
		text "$chapter" "$work/$chapter-exercises" |
			page "$chapter-exercises" "Exercises: $title" $contents -B "$work/top" || exit 1
		whole "$chapter-exercises" "$work/$chapter-exercises"
	fi
	before=$chapter
done

# Glossary and index of terms.
navigation top "$all" "$words" "$index" >"$work/top"
text . tutorials/glossary.md >"$work/glossary.md"
page glossary Glossary $contents -B "$work/top" <"$work/glossary.md" || exit 1
awk -f $here/terms.awk $(ls tutorials/[0-9]*/chapter.md) |
	page terms 'Index of terms' $contents -B "$work/top" || exit 1

# A page for each file of the project that is linked to, each line with its anchor.
# Solutions stay out.
sort -u "$work/linked" | while read -r file; do
	[ -f "$file" ] || { echo "the book links to $file, which is not there" >&2; exit 1; }
	case $file in
	*.[ch]) language=c ;;
	*.md) language=markdown ;;
	*.sh) language=bash ;;
	*) language= ;;
	esac
	sed 's,href=",href="../,g' "$work/top" >"$work/up"
	{
		printf '# %s\n\n````%s\n' "$file" $language
		if grep -q 'BEGIN SOLUTION' "$file"; then
			awk -f tutorials/handout/strip.awk "$file"
		else
			cat "$file"
		fi | expand -t 4
		printf '````\n'
	} | html -f gfm --metadata "pagetitle=$file" -B "$work/up" |
	tidy 's/<span id="cb1-\([0-9]*\)">/<span id="L\1">/g; s/<main>/<main class="file">/' \
		>"$folder/source/$(echo "$file" | tr / -).html" || exit 1
done || exit 1

# The first page: the list of chapters in README.md.
{
	printf '# %s\n\n' "$name"
	awk '/^\|/ { table = table $0 "\n"; next }
		table ~ /\/chapter\.md\)/ { printf "%s", table; exit }
		{ table = "" }' tutorials/README.md
	printf '\n[Glossary](glossary.md) · [Index of terms](terms.html) · '
	printf '[All in one page, to print](print.html)\n'
} >"$work/index.md"
text . "$work/index.md" | page index "$name" || exit 1

# All in one.
echo "<h1>$name</h1>" >"$work/top"
{ cat "$work/print.md"; echo; text . tutorials/glossary.md whole; } |
	sed '/^```/,/^```/!s/^#/##/' | page print "$name" $contents -B "$work/top" || exit 1
sed 's/<body>/<body class="book">/; s/On this page/Contents/' "$folder/print.html" >"$work/print" &&
	mv "$work/print" "$folder/print.html" || exit 1

rm -r "$work"
if grep -nE '(src|href)="(https?:)?//' "$folder"/*.html "$folder"/source/*.html; then
	echo 'The book refers to something outside.' >&2
	exit 1
fi
echo "$folder/index.html"
