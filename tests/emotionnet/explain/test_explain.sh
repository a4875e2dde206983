#!/bin/sh
# `emotionnet explain` as a user meets it: in a pipe, as JSON, as a page and a picture, and with every wrong input. The
# pages are opened in headless Chromium where it is there.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/explain/test_explain.sh
. "$(dirname "$0")/../../support/shell.sh"
explain() { "$program" explain "$@"; }

"$program" stage --out stage --train 24 --validation 6 --test 6 >/dev/null || exit 1
small='--epochs 2 --min-count 1 --quiet --embed 8 --text-hidden 8 --speech-hidden 8 --fusion-hidden 8'
train() { "$program" train stage/corpus.csv $small "$@" >/dev/null || exit 1; }
train --fusion middle --modality-dropout 0.3 --out both.safetensors
train --fusion middle --out strict.safetensors
train --fusion gated --out gated.safetensors
train --fusion cross --out cross.safetensors
train --modalities text --out text.safetensors
train --modalities speech --out speech.safetensors
train --modalities text --characters --out letters.safetensors
wav=stage/test-00000.wav

# --- for people
expect 0 'log-odds of' explain both.safetensors --wav $wav --text 'I am so happy today.'
expect 0 'happy' explain both.safetensors --wav $wav --text 'I am so happy today.'
expect 0 'sound, from to (s)' explain both.safetensors --wav $wav --text 'I am so happy today.'
expect 0 'All that adds comes to' explain text.safetensors --text 'I am so happy today.'
expect 0 'speech' explain speech.safetensors --wav $wav
expect 0 'text' explain both.safetensors --text 'glad'
expect 0 'log-odds of joy' explain both.safetensors --label joy --text 'glad'
expect 0 'gate of speech' explain gated.safetensors --wav $wav --text 'glad'
expect 0 'attention: what text takes from speech' explain cross.safetensors --wav $wav --text 'glad'
expect 0 '"notes":[{"name":"attention","of":"text","at":"speech","weights":[[' explain cross.safetensors --wav $wav --text 'glad' --json
expect 0 'bands  occlusion' explain both.safetensors --wav $wav --text 'glad'
expect 0 'the Shapley values rest on guesses' explain strict.safetensors --wav $wav --text 'glad'
expect 0 'word' explain letters.safetensors --text 'glad'
expect 0 'All that adds comes to' explain text.safetensors --text ''
expect 0 'usage: emotionnet explain' explain --help
explain both.safetensors --wav $wav --text glad >piped
expect 1 '' grep "$(printf '\033')" piped

# --- for programs
expect 0 '"complete":true' explain both.safetensors --wav $wav --text 'I am so happy.' --json
expect 0 '"words":[{"text":"say","begin":0,"end":3,' explain text.safetensors --text 'say "é"' --json
expect 0 '{"text":"é","begin":5,"end":7,' explain text.safetensors --text 'say "é"' --json
if command -v python3 >/dev/null; then
	explain both.safetensors --wav $wav --text 'I say "é" \ <b>' --json >out.json
	expect 0 'adds up' python3 - <<'EOF'
import json
e = json.load(open('out.json'))
change = e['score'] - e['baseline']
assert abs(e['sum'] - change) <= max(0.01 * abs(change), 0.001), e['sum']
words = sum(w['value'] for w in e['words'])
frames = sum(map(sum, e['frames']))
whole = sum(part for _, part in e['functionals'].values())
assert abs(words + frames + whole - e['sum']) < 1e-3, (words, frames, whole, e['sum'])
assert abs(sum(m['shapley'] for m in e['modalities']) - (e['subsets'][-1] - e['subsets'][0])) < 1e-6
assert len(e['patches'][0]) == 4 and len(e['frames'][0]) == 29
print('adds up')
EOF
fi

# --- as a page and a picture
hostile='<script>window.attacked=1</script> & "quotes" <img src=x onerror=window.attacked=1>'
expect 0 '' explain both.safetensors --wav $wav --text "$hostile" --out hostile.html
expect 0 '' explain both.safetensors --wav $wav --text 'I am so happy today.' --out both.html
expect 0 '' explain text.safetensors --text 'glad' --out text.html
expect 0 '' explain cross.safetensors --wav $wav --text 'I am so happy today.' --out cross.html
expect 0 'what is lost without each patch' cat cross.html
expect 1 '' grep -E '<script>window|<img src=x|(src|href)="?(http|//|[a-z]+\.)' hostile.html
expect 0 '' explain both.safetensors --wav $wav --text glad --out sound.png
expect 0 'PNG' head -c 4 sound.png
expect 0 '' explain text.safetensors --text 'glad' --out glad.svg
expect 0 '>glad</text>' cat glad.svg
expect 0 '' explain both.safetensors --wav $wav --text "$hostile" --out hostile.svg
expect 1 '' grep -E '<script|<img' hostile.svg

# Printed and drawn are the same numbers: of words, modalities, gates, attention against deletion, and their sum.
for model in both gated cross; do
	explain $model.safetensors --wav $wav --text 'I am so happy today.' --out $model.svg >said
	explain $model.safetensors --wav $wav --text 'I am so happy today.' --out $model.html >again
	expect 0 '' cmp said again
	sed '/^sound, from/,/^$/d' said | grep -o '[+-][0-9]*\.[0-9][0-9][0-9]' | sort -u >numbers
	check "$model: only $(wc -l <numbers) numbers were printed" [ "$(wc -l <numbers)" -ge 15 ]
	for form in svg html; do
		missing=$(while read -r number; do grep -qF -e "$number" $model.$form || echo "$number"; done <numbers)
		check "$model.$form lacks $missing" [ -z "$missing" ]
	done
done
expect 0 'random orders that attention beats' explain cross.safetensors --wav $wav --text 'glad'
expect 0 '"deletion":{"shown":' explain cross.safetensors --wav $wav --text 'I am glad' --json
expect 0 '"lost":' explain gated.safetensors --wav $wav --text 'glad' --json
looked_at hostile.html both.html text.html cross.html

# --- wrong input
expect 2 'expected one model' explain
expect 2 'nothing to explain' explain both.safetensors
expect 2 'ends in .html, .svg or .png' explain both.safetensors --text x --out page.pdf
expect 2 'ends in .html, .svg or .png' explain both.safetensors --text x --out .html
expect 2 'is not known' explain both.safetensors --text x --no-such
expect 1 'reads text only: --wav is of no use' explain text.safetensors --wav $wav
expect 1 'cannot do without --wav' explain strict.safetensors --text x
expect 1 '--label bliss: both.safetensors knows anger, fear, joy' explain both.safetensors --text x --label bliss
expect 1 'byte 1: expected UTF-8' explain both.safetensors --text "$(printf 'a\377')"
expect 1 'none.safetensors' explain none.safetensors --text x
expect 1 'none.wav' explain both.safetensors --wav none.wav
expect 1 'no/such' explain text.safetensors --text x --out no/such/page.html
head -c 2000 both.safetensors >cut.safetensors
expect 1 'cut.safetensors' explain cut.safetensors --text x
if [ -c /dev/full ]; then
	expect 1 'o space left' sh -c "'$program' explain text.safetensors --text x >/dev/full"
fi
expect 2 'cannot access' ls page.pdf no

finish
