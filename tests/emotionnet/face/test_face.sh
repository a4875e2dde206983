#!/bin/sh
# A face in time as a user meets it: the embedded corpus as files, every kind of fusion, one utterance explained, and
# with every wrong input.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/face/test_face.sh
. "$(dirname "$0")/../../support/shell.sh"

# --- the embedded corpus
expect 0 'text+speech+face    1.000' "$program" stage --face
expect 2 'the kind mask needs speakers with a face. Hint: --face' "$program" stage --mixture mask,agree
"$program" stage --face --out stage --train 24 --validation 6 --test 8 >/dev/null || exit 1
expect 0 'kind,face_track' head -1 stage/corpus.csv
expect 0 'frame, face_id, timestamp, confidence, success, AU01_r' head -1 stage/test-00000.face.csv
expect 0 '38 a face_track' "$program" corpus stage/corpus.csv
clip='--wav stage/test-00000.wav --face-track stage/test-00000.face.csv'

# --- every way to join, every encoder
small='--epochs 2 --min-count 1 --quiet --embed 8 --text-hidden 8 --speech-hidden 8 --face-hidden 8 --fusion-hidden 8'
train() { "$program" train stage/corpus.csv $small "$@" >/dev/null || exit 1; }
for fusion in early alignment cross late; do
	train --modalities text,speech,face --fusion $fusion --out $fusion.safetensors
	expect 0 'UAR' "$program" evaluate $fusion.safetensors stage/corpus.csv
done
train --modalities speech,face --face-encoder lstm --fusion early --out two.safetensors
train --modalities text,face --face-encoder transformer --fusion early --out seen.safetensors
train --modalities face --normalise speaker --out one.safetensors
for model in two seen one; do
	expect 0 'UAR' "$program" evaluate $model.safetensors stage/corpus.csv
done
expect 0 'text+speech+face' "$program" compare --face --stage 24,6,8 $small --fusion middle
expect 0 'face swapped' "$program" compare --face --stage 24,6,8 $small --fusion early,middle --report report.html
expect 0 'What the face adds over time' cat report.html
expect 0 'without face' "$program" compare --face --stage 24,6,8 $small --fusion middle
"$program" compare --face --stage 24,6,8 --epochs 1 --plain --text-hidden 8 --speech-hidden 8 --face-hidden 8 \
	--fusion-hidden 8 >all 2>&1
expect 0 'Note: tensor, whose parameters grow with the product' cat all
expect 0 'alignment' cat all
expect 1 '' grep '^tensor' all
expect 0 'middle' "$program" curve --face --stage 24,6,8 $small --sizes 12,all --seeds 1
expect 0 'middle' "$program" compare stage/corpus.csv --modalities text,speech,face --plain $small --fusion middle --folds speaker:3

# From memory and from files it is the same corpus, so the figures are the same.
same='--modalities text,speech,face --plain --fusion middle --no-cache --json'
"$program" compare --face --stage 24,6,8 $small $same >memory
"$program" compare stage/corpus.csv $small $same --speech-encoder cnn --dropout 0.1 --no-trim --normalise corpus \
	--mels 40 --rate 0.003 --schedule one-cycle --smooth 0 --patience 20 >files
expect 0 '' sh -c 'for f in memory files; do grep -o "\"accuracy\":[0-9.]*" $f >$f.told; done; [ -s memory.told ] && cmp memory.told files.told'

# --- one utterance
predict() { "$program" predict "$@"; }
expect 0 'fear' predict late.safetensors $clip --text 'I am so happy.'
expect 0 'fear' predict late.safetensors --face-track stage/test-00000.face.csv
expect 0 'fear' predict late.safetensors --face-track stage/test-00000.face.csv --text 'I am so happy.'
expect 0 'fear' predict seen.safetensors --face-track stage/test-00000.face.csv --text 'I am so happy.'
expect 1 'cannot do without --face-track' predict early.safetensors --wav stage/test-00000.wav --text glad
expect 1 'reads face by --face-track: --face-row is of no use' predict late.safetensors --face-row a.npy:0
expect 1 'normalises faces by speaker' predict one.safetensors --face-track stage/test-00000.face.csv
listen() { "$program" listen "$@" --i-am-the-speaker --wav stage/test-00000.wav --quiet; }
expect 0 '"from":["speech","face"]' listen late.safetensors --face-track stage/test-00000.face.csv --end 0
expect 0 '"from":["speech"]' listen late.safetensors --end 0
explain() { "$program" explain "$@"; }
for form in svg html; do
	explain late.safetensors $clip --text 'I am so happy.' --out late.$form >said || exit 1
	sed -n '/^face, from/,/^modality/p' said | grep -o '[+-][0-9]*\.[0-9][0-9][0-9] ' | tr -d ' ' >numbers
	check "only $(wc -l <numbers) numbers of the face were printed" [ "$(wc -l <numbers)" -ge 12 ]
	missing=$(while read -r number; do grep -qF -e "$number" late.$form || echo "$number"; done <numbers)
	check "late.$form lacks $missing" [ -z "$missing" ]
done
if command -v python3 >/dev/null; then
	explain late.safetensors $clip --text 'I am so happy.' --json >out.json
	expect 0 'adds up' python3 - <<'END'
import json
e = json.load(open('out.json'))
face = next(m for m in e['modalities'] if m['name'] == 'face')
assert len(e['face']['numbers']) == 17 and len(e['face']['parts']) == len(e['frames'])
assert abs(sum(map(sum, e['face']['parts'])) - face['value']) < 1e-4
print('adds up')
END
fi

# --- wrong input
expect 2 'is of the embedded corpus, but another corpus is named' "$program" compare stage/corpus.csv --face
expect 2 '--face-encoder ngrams: expected vector, cnn, lstm' "$program" train stage/corpus.csv --out x --face-encoder ngrams
expect 1 'has a face_row' "$program" train stage/corpus.csv --out x --modalities face --face-encoder vector
sed 's/, [^,]*$//' stage/test-00000.face.csv >other.csv
expect 1 'csv: expected a face with the numbers of the training, 17 from "AU01_r" to "AU45_r", found 16' \
	predict late.safetensors --face-track other.csv
expect 1 'reads no face in time with 16 numbers' listen late.safetensors --face-track other.csv
sed '5s/0\.[0-9][0-9], /much, /2' stage/test-00000.face.csv >other.csv
expect 1 'other.csv:5: column "' predict late.safetensors --face-track other.csv
printf 'split,label,text,face_track\ntrain,joy,glad,nothing.csv\ntrain,fear,afraid,\n' >bad.csv
expect 1 'bad.csv:2: face_track' "$program" corpus bad.csv
printf 'split,label,text,face_track\ntrain,joy,glad,film.mp4\ntrain,fear,afraid,\n' >bad.csv
expect 1 'expected FILE.csv (OpenFace)' "$program" corpus bad.csv
printf 'split,label,text\ntrain,joy,glad\ntrain,fear,afraid\nvalidation,joy,glad\n' >plain.csv
expect 1 'no utterance of the train split has a' "$program" train plain.csv --out x --modalities text,face --face-encoder cnn
finish
