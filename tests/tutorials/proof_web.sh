#!/bin/sh
# The chapters as WebAssembly: each says the same as its transcript, to the bit, under node and in the pages that
# make web makes, in a browser; there predictions are asked, points wait, the quiz is taken, a warm-up is written, and it
# is read without a network. Every warm-up gets the same replies from the pages' compiler as from cc. EVERY=1 takes every
# chapter, as make proof does; else the fast ones. Then the pages of live/, with models that are trained for a moment
# only: what is inside them tells the same as natively, and they are used as a visitor would. A second browser, Firefox,
# runs one chapter, and opens a page of each other kind. Skipped without the tools.
. "$(dirname "$0")/../support/shell.sh"
for tool in node pandoc wasm-ld clang; do
	command -v $tool >/dev/null || { echo "web: skipped: $tool is not here"; exit 0; }
done
[ -e /usr/include/wasm32-wasi/stdio.h ] || { echo 'web: skipped: wasi-libc is not here'; exit 0; }

cd "$top" || exit 1
small='--stage 240,60,60 --plain --modality-dropout 0.2 --embed 16 --text-hidden 16 --speech-hidden 16 --fusion-hidden 16 --epochs 3'
check 'make web' ${MAKE:-make} --no-print-directory WERROR= LIVE=build/live-test LIVE_SETTING="$small" web live-native build/wasm/trouble.wasm
chapters='02-the-tape 01-tensors 04-training 08-sound' # the first one is used as a visitor would
[ ! "${EVERY:-}" ] || chapters="02-the-tape $(cd tutorials && ls -d [0-9]* | grep -v '^00\|^02')"

# Times stand in brackets. What a program writes lies where it is run.
masked() { sed 's/\[[^]]*\]/[]/g' "$@"; }
says() (cd "$folder" && node --no-warnings $flag "$here/web_node.mjs" "$top/build/wasm/$1.wasm" </dev/null >found 2>&1)
flag=
same() { # CHAPTER [FOLDER/]
	masked "tutorials/$1/transcript.txt" >"$folder/wanted"
	check "${2:-}$1 does not end with status 0 under node" says "${2:-}$1"
	masked "$folder/found" >"$folder/found.masked"
	check "${2:-}$1 says something else under node: $(diff "$folder/wanted" "$folder/found.masked" | head -4)" \
		cmp "$folder/wanted" "$folder/found.masked"
}
mkdir "$folder/said"
for chapter in $chapters; do
	same "$chapter"
	cp "tutorials/$chapter/transcript.txt" "$folder/said/$chapter.txt"
done

# The programs for relaxed SIMD, where this node has it, maybe behind a flag, and rounds once in it.
echo ';process.exitCode = roundsOnce() ? 0 : 1' | cat tutorials/web/relaxed.js - >"$folder/asked.js"
flag=--experimental-wasm-relaxed-simd
node $flag "$folder/asked.js" 2>/dev/null || flag=
if node $flag "$folder/asked.js"; then
	for chapter in $chapters; do
		same "$chapter" relaxed/
	done
else
	echo 'web: skipped relaxed SIMD: it is not in this node, or rounds twice on this machine'
fi

# No setting of a program is without its field.
calls=$(cat tutorials/[0-9]*/*.c | grep -oE 'lesson_(setting|count)\(' | wc -l)
fields=$(cat build/web/[0-9]*.html | grep -o '<meta name="setting" content="[^"]*" data-kind="[sc][eo]' | wc -l)
check "$calls settings, but $fields fields" sh -c "[ $calls -gt 14 ] && [ $calls = $fields ]"

# Chapter 0 with each of its three changes says what its text tells.
for i in 1 2 3; do
	found=$(node --no-warnings "$here/web_node.mjs" build/wasm/00-one-page-$i.wasm </dev/null | sed -n 's/^speakers never heard *//p')
	told=$(sed -n "/^\*\*$i\. /,/<.details>/p" tutorials/00-one-page/chapter.md)
	for figure in $found; do
		check "change $i of chapter 0: $figure ($found) is not what its text tells" expr "$told" : ".*$figure"
	done
	check "change $i of chapter 0 says nothing" [ "$found" ]
done

# Solutions and stubs, by the compiler of the pages and by cc; and every way in which printf is used.
if [ -e build/web/compiler.tar ]; then
	: >"$folder/by_cc"
	set --
	for file in tutorials/*/warmups/*.c; do
		stub=$folder/$(echo "$file" | tr / _)
		tutorials/handout/stub.sh "$file" >"$stub"
		for text in "$file" "$stub"; do
			set -- "$@" "$file" "$text"
			cc -w -I. "$text" tutorials/lesson/warmup.c tutorials/lesson/warmup_main.c -lm -o "$folder/warmup" &&
				"$folder/warmup" >"$folder/replies"
			echo "$file: $?" >>"$folder/by_cc"
			cat "$folder/replies" >>"$folder/by_cc"
		done
	done
	cc -w -I. "$here/printf_sample.c" tutorials/lesson/warmup.c tutorials/lesson/warmup_main.c -lm -o "$folder/warmup" &&
		"$folder/warmup" >"$folder/replies"
	echo "printf.c: $?" >>"$folder/by_cc"
	cat "$folder/replies" >>"$folder/by_cc"
	check 'the compiler of the pages fails' sh -c 'out=$1; shift; node "$@" >"$out"' compile "$folder/by_page" "$here/web_compile.mjs" build/web "$@" \
		printf.c "$here/printf_sample.c"
	check "another reply in a page: $(diff "$folder/by_cc" "$folder/by_page" | head -6)" \
		cmp "$folder/by_cc" "$folder/by_page"
else
	echo 'web: skipped the warm-ups: the compiler for them is not here (tutorials/web/README.md)'
fi
models=build/live-test/models
sed "s|^\\(model [0-9]* \\)\\(.*\\)\\.safe|\\1$models/\\2-1.safe|" "$here/live_calls.txt" >"$folder/calls"
check 'the functions of live/ natively' sh -c '"$1" <"$2" >"$3"' run build/release/tests/tutorials/live_native "$folder/calls" "$folder/told"
expect 0 ' 0 failures' node "$here/live_node.mjs" build/web/live "$folder/calls" "$folder/told"
said=$("$program" predict $models/gated-1.safetensors --text 'I am so glad and happy today' --json | sed 's/.*"probabilities":{//; s/}.*//; s/"[^"]*"://g')
check 'predict says something else than the page' grep -qF "\"p\":[$said]" "$folder/told"

if command -v chromedriver >/dev/null && command -v chromium >/dev/null; then
	expect 0 ' 0 failures' node "$here/web_check.mjs" build/web "$folder/said" $chapters
	expect 0 ' 0 failures' node "$here/live_check.mjs" build/web
	expect 0 ' 0 failures' node "$here/web_limits.mjs" build/web 02-the-tape build/wasm/trouble.wasm
else
	echo 'web: skipped the pages: chromium or chromium-driver is missing'
fi
if firefox=$(command -v firefox-esr || command -v firefox); then
	expect 0 ' 0 failures' node "$here/web_firefox.mjs" "$firefox" build/web "$folder/said" 02-the-tape
else
	echo 'web: skipped the pages in a second browser: firefox is missing'
fi
finish
