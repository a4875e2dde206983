#!/bin/sh
# Makes the pages of EmotionNet, live, and its laboratory: files for any web server.
# usage: tutorials/web/live/live.sh FOLDER PROGRAM.wasm MADE SETTING
#   MADE: models/STRATEGY-1.safetensors and report.html, as compare made them with this SETTING
folder=$1 program=$2 made=$3 setting=$4
here=tutorials/web/live page=emotionnet/serve/page
rm -rf "$folder" && mkdir -p "$folder/models" || exit 1
cp $page/*.js $page/*.css "$made/report.html" "$folder/" || exit 1
cp $here/*.js $here/*.css "$folder/" || exit 1
gzip -9 -n <"$program" >"$folder/live.wasm.gz" || exit 1
for model in "$made"/models/*-1.safetensors; do
	name=$(basename "$model" -1.safetensors)
	gzip -9 -n <"$model" >"$folder/models/$name.safetensors.gz" || exit 1
done

# In the order of fusion.c, each modality alone first.
order=$(sed -n '/fusion_table\[\] =/,$s/.*\.name = "\([a-z-]*\)".*/\1/p' emotionnet/fusion.c)
models=
for name in text-only speech-only $order; do
	[ ! -e "$folder/models/$name.safetensors.gz" ] || models="$models models/$name.safetensors.gz"
done
bytes=$(cat $here/worker.js tutorials/web/wasi.js $page/hear.js "$folder"/live.wasm.gz "$folder"/models/* | wc -c)
modules=$(cd "$folder" && ls *.js *.css)

# What the pages may do until all is loaded; then they allow themselves nothing (program.js).
policy="default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src blob:; base-uri 'none'; form-action 'none'"
head="<meta http-equiv=\"Content-Security-Policy\" content=\"$policy\"><meta name=\"keep\" data-bytes=\"$bytes\" content=\"$(echo index.html laboratory.html $modules live.wasm.gz ../wasi.js$models)\">"
into() { sed "s|<meta charset=\"utf-8\">|&$head|; s|SETTING|<code>emotionnet compare $setting</code>|" >"$folder/$1" || exit 1; }
sed -f $here/page.sed $page/live.html | into index.html
sed "/<\/h1>/r $here/nav.html" $here/laboratory.html | into laboratory.html

# The way in, from the book's first page.
first=$folder/../index.html
sed "s|</h1>|&$(tr '\n' ' ' <$here/link.html)|" "$first" >"$first.new" && mv "$first.new" "$first"
