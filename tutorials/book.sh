#!/bin/sh
# The chapters as a book of static HTML: formulas as MathML, no outside reference. Needs pandoc.
# usage: tutorials/book.sh FOLDER CHAPTER...
folder=$1
shift
command -v pandoc >/dev/null || { echo 'make book needs pandoc: apt-get install pandoc' >&2; exit 1; }
rm -rf "$folder" && mkdir -p "$folder" || exit 1

title_of() { sed -n '1s/^# *\([0-9]*\) */\1 /p' "tutorials/$1/chapter.md"; }

# To the chapter before, to all, to the one after.
navigation() {
	printf '<nav>'
	[ -z "$1" ] || printf '<a href="%s.html">&larr; %s</a> ' "$1" "$(title_of "$1")"
	printf '<a href="index.html">All chapters</a>'
	[ -z "$2" ] || printf ' <a href="%s.html">%s &rarr;</a>' "$2" "$(title_of "$2")"
	printf '</nav>\n'
}

before=
while [ $# -gt 0 ]; do
	chapter=$1 after=${2:-}
	shift
	navigation "$before" "$after" >"$folder/navigation"
	before=$chapter
	mkdir "$folder/$chapter"
	for picture in tutorials/"$chapter"/*.svg; do
		[ ! -e "$picture" ] || cp "$picture" "$folder/$chapter/" || exit 1
	done
	title=$(title_of "$chapter")
	# Marks go; links lead to the book's pages; pictures lie in the chapter's folder.
	sed -e 's/<!--[^>]*-->//g' -e 's,](\.\./\([0-9a-z-]*\)/chapter\.md),](\1.html),g' \
		-e "s,](\([a-z0-9-]*\.svg\)),]($chapter/\1),g" "tutorials/$chapter/chapter.md" |
	pandoc -f gfm+tex_math_dollars -t html5 --standalone --mathml --no-highlight \
		--metadata "pagetitle=$title" --include-in-header tutorials/book.css \
		--include-before-body "$folder/navigation" --include-after-body "$folder/navigation" \
		-o "$folder/$chapter.html" || exit 1
done
rm "$folder/navigation"

# The first page is the list of chapters in README.md.
{ printf '# Deep learning from scratch, in C\n\n'; sed -n '/^| chapter/,/^$/p' tutorials/README.md; } |
sed 's,](\([0-9a-z-]*\)/chapter\.md),](\1.html),g' |
pandoc -f gfm -t html5 --standalone --metadata 'pagetitle=Deep learning from scratch, in C' \
	--include-in-header tutorials/book.css -o "$folder/index.html" || exit 1
sed -i 's/<th>/<th scope="col">/' "$folder"/*.html || exit 1
if grep -nE '(src|href)="(https?:)?//' "$folder"/*.html; then
	echo 'The book refers to something outside.' >&2
	exit 1
fi
echo "$folder/index.html"
