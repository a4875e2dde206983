#!/bin/sh
# The chapters as a book of static HTML: formulas as MathML, no outside reference. Needs pandoc.
# usage: tutorials/book.sh FOLDER CHAPTER...
folder=$1
shift
command -v pandoc >/dev/null || { echo 'make book needs pandoc: apt-get install pandoc' >&2; exit 1; }
rm -rf "$folder" && mkdir -p "$folder" || exit 1

navigation() { printf '<nav><a href="index.html">All chapters</a></nav>\n'; }
navigation >"$folder/navigation"

for chapter in "$@"; do
	mkdir "$folder/$chapter"
	for picture in tutorials/"$chapter"/*.svg; do
		[ ! -e "$picture" ] || cp "$picture" "$folder/$chapter/" || exit 1
	done
	title=$(sed -n '1s/^# *//p' "tutorials/$chapter/chapter.md")
	# Marks go; links lead to the book's pages; pictures lie in the chapter's folder.
	sed -e 's/<!--[^>]*-->//g' -e 's,](\.\./\([0-9a-z-]*\)/chapter\.md),](\1.html),g' \
		-e "s,](\([a-z0-9-]*\.svg\)),]($chapter/\1),g" "tutorials/$chapter/chapter.md" |
	pandoc -f gfm+tex_math_dollars -t html5 --standalone --mathml --no-highlight \
		--metadata "pagetitle=$title" --include-in-header tutorials/book.css \
		--include-before-body "$folder/navigation" --include-after-body "$folder/navigation" \
		-o "$folder/$chapter.html" || exit 1
	printf '1. [%s](%s.html)\n' "$(echo "$title" | sed 's/^[0-9]* *//')" "$chapter"
done >"$folder/contents"
{ printf '# Deep learning from scratch, in C\n\n'; cat "$folder/contents"; } |
pandoc -f gfm -t html5 --standalone --metadata 'pagetitle=Deep learning from scratch, in C' \
	--include-in-header tutorials/book.css -o "$folder/index.html" || exit 1
rm "$folder/navigation" "$folder/contents"
if grep -nE '(src|href)="(https?:)?//' "$folder"/*.html; then
	echo 'The book refers to something outside.' >&2
	exit 1
fi
echo "$folder/index.html"
