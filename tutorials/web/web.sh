#!/bin/sh
# Puts programs, quizzes and the script into the pages of the book: a folder that any web server
# can show.
# usage: tutorials/web/web.sh FOLDER WASM CHAPTER...      (FOLDER: as tutorials/book/book.sh made it)
folder=$1 wasm=$2
shift 2
here=tutorials/web
cp $here/page.js $here/page.css $here/wasi.js "$folder/" || exit 1

# What every page may do: nothing but what lies beside it. The program's memory is code of its own.
policy="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none'"
head="<link rel=\"icon\" href=\"data:,\"><meta http-equiv=\"Content-Security-Policy\" content=\"$policy\"><link rel=\"stylesheet\" href=\"page.css\"><script src=\"page.js\" defer></script>"

# into PAGE MORE: before the end of its head.
into() {
	sed "s|</head>|$2$head</head>|" "$1" >"$1.new" && mv "$1.new" "$1" || exit 1
}
for chapter; do
	page=$folder/$chapter.html more=
	if [ -e "$wasm/$chapter.wasm" ]; then
		cp "$wasm/$chapter.wasm" "$folder/$chapter/chapter.wasm" || exit 1
		lines=$(wc -l <"tutorials/$chapter/transcript.txt")
		# "rate", 0.05, 0, 2: a field for each setting that the program asks for.
		settings=$(cat tutorials/"$chapter"/*.c | tr '\n\t' '  ' | grep -o 'lesson_setting( *lesson, *"[^)]*' |
			sed 's/.*lesson, *"//; s/"//; s/, */,/g' | tr '\n' ' ')
		more="<meta name=\"program\" content=\"$chapter/chapter.wasm\" data-lines=\"$lines\" data-settings=\"${settings% }\">"
	fi
	[ ! -e "$page" ] || into "$page" "$more"
	[ -e "$folder/$chapter-exercises.html" ] || continue
	more=
	if [ -e "tutorials/$chapter/quiz.txt" ]; then
		cp "tutorials/$chapter/quiz.txt" "$folder/$chapter/" || exit 1
		more="<meta name=\"quiz\" content=\"$chapter/quiz.txt\">"
	fi
	into "$folder/$chapter-exercises.html" "$more"
done
for page in index glossary terms; do
	into "$folder/$page.html" ''
done

# Another book is another version.
version=$(find "$folder" -type f | sort | xargs cat | cksum | tr ' ' -)
sed "s/VERSION'/$version'/" $here/offline.js >"$folder/offline.js" || exit 1
echo "$folder/index.html"
