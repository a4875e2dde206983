#!/bin/sh
# Puts programs, quizzes and the script into the pages of the book: a folder that any web server
# can show.
# usage: tutorials/web/web.sh FOLDER WASM CHAPTER...      (FOLDER: as tutorials/book/book.sh made it)
folder=$1 wasm=$2
shift 2
here=tutorials/web
cp $here/page.js $here/exercises.js $here/course.js $here/page.css $here/wasi.js $here/relaxed.js $here/compile.js "$folder/" || exit 1
compiler=
if [ -e "$wasm/compiler.tar" ]; then
	cp "$wasm/compiler.tar" "$folder/" || exit 1
	compiler='<meta name="compiler" content="compiler.tar">'
fi

# What every page may do: nothing but what lies beside it. The program's memory is code of its own.
policy="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none'"
head="<link rel=\"icon\" href=\"data:,\"><meta http-equiv=\"Content-Security-Policy\" content=\"$policy\"><link rel=\"stylesheet\" href=\"page.css\"><script src=\"page.js\" defer blocking=\"render\"></script>"

# What a script fills stands below the heading from the beginning, so that nothing moves when it comes.
run='<p class="run-here"><button type="button" class="run">▶ Run this chapter’s program</button> It runs here, in the page. Nothing is installed, and nothing leaves this page.</p>'
quiz='<h2 id="quiz">Quiz</h2><section class="quiz" aria-live="polite"></section>'
here_is='<section class="here" aria-label="Your course"></section>'

# into PAGE MORE [SCRIPT [BELOW]]: MORE before the end of its head, BELOW after its heading.
into() {
	sed "s|</head>|$2$head${3:+<script src=\"$3\" defer blocking=\"render\"></script>}</head>|; s|</h1>|&${4:-}|" "$1" >"$1.new" && mv "$1.new" "$1" || exit 1
}
# settings_of CHAPTER: a field for each lesson_setting("rate", "what it is", 0.05, 0, 2) of its program, and for each
# lesson_count(), which is whole.
settings_of() {
	cat tutorials/"$1"/*.c | tr '\n\t' '  ' |
		grep -oE 'lesson_(setting|count)\( *lesson, *"[^"]*", *"[^"]*", *[-0-9.]+, *[-0-9.]+, *[-0-9.]+ *\)' |
		sed -E 's/lesson_(setting|count)\( *lesson, *"([^"]*)", *"([^"]*)", *([^,]*), *([^,]*), *([^ )]*) *\)/<meta name="setting" content="\2" data-kind="\1" data-what="\3" data-usual="\4" data-least="\5" data-most="\6">/' |
		tr -d '\n'
}
# changes_of CHAPTER: a field for the things that chapter 0 tells to change, each with a program of its own.
changes_of() {
	names=nothing
	for changed in "$wasm/$1"-[1-9].wasm; do
		[ -e "$changed" ] || return 0
		i=${changed%.wasm} i=${i##*-}
		cp "$changed" "$folder/$1/change-$i.wasm" || exit 1
		names="$names, $(sed -n "s/^\*\*$i\. \([^*]*\)\.\*\*.*/\1/p" "tutorials/$1/chapter.md" | tr 'A-Z' 'a-z')"
	done
	printf '<meta name="setting" content="change" data-kind="change" data-what="%s" data-usual="0">' "$names"
}
for chapter; do
	page=$folder/$chapter.html more=
	if [ -e "$wasm/$chapter.wasm" ]; then
		cp "$wasm/$chapter.wasm" "$folder/$chapter/chapter.wasm" &&
			cp "$wasm/relaxed/$chapter.wasm" "$folder/$chapter/chapter-relaxed.wasm" || exit 1
		lines=$(wc -l <"tutorials/$chapter/transcript.txt")
		made=$(cat tutorials/"$chapter"/*.[ch] | cksum | tr ' ' -) # another program asks something else
		more="<meta name=\"program\" content=\"$chapter/chapter.wasm\" data-lines=\"$lines\" data-made=\"$made\">$(settings_of "$chapter")$(changes_of "$chapter")"
	fi
	[ ! -e "$page" ] || into "$page" "$more" '' "${more:+$run}"
	[ -e "$folder/$chapter-exercises.html" ] || { echo "$chapter read :"; continue; }
	more= below=
	if [ -e "tutorials/$chapter/quiz.txt" ]; then
		below=$quiz
		cp "tutorials/$chapter/quiz.txt" "$folder/$chapter/" || exit 1
		more="<meta name=\"quiz\" content=\"$chapter/quiz.txt\">"
	fi
	if [ -e "tutorials/$chapter/hints.txt" ]; then
		cp "tutorials/$chapter/hints.txt" "$folder/$chapter/" || exit 1
		more="$more<meta name=\"hints\" content=\"$chapter/hints.txt\">"
	fi
	warm= native=
	for file in tutorials/"$chapter"/warmups/*.c; do
		[ -e "$file" ] || continue
		mkdir -p "$folder/$chapter/warmups"
		if grep -q 'BEGIN SOLUTION' "$file"; then tutorials/handout/stub.sh "$file"; else cat "$file"; fi |
			expand -t 4 >"$folder/$chapter/warmups/${file##*/}" || exit 1
		item=a$(basename "$file" | cut -c1) made=$wasm/typed/$chapter-$(basename "$file" .c).wasm
		warm="$warm $item"
		if [ -e "$made" ]; then
			cp "$made" "$folder/$chapter/warmups/$(basename "$file" .c).wasm" || exit 1
		elif [ ! "$compiler" ]; then
			native="$native $item"
		fi
	done
	into "$folder/$chapter-exercises.html" "$more$compiler" exercises.js "$below"
	printf '%s before read%s after b c d : b c d%s\n' "$chapter" "$warm" "$native"
done >"$folder/course"
into "$folder/index.html" "<meta name=\"course\" content=\"$(tr '\n' ';' <"$folder/course")\">" course.js "$here_is"
rm "$folder/course"
for page in glossary terms; do
	into "$folder/$page.html" ''
done

# Another book is another version.
version=$(find "$folder" -type f | sort | xargs cat | cksum | tr ' ' -)
sed "s/VERSION'/$version'/" $here/offline.js >"$folder/offline.js" || exit 1
echo "$folder/index.html"
