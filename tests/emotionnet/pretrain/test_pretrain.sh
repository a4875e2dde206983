#!/bin/sh
# `emotionnet pretrain speech`, and its file under a speech encoder: what is learnt from, left out and refused; a run that
# goes on; a model that names the file.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/pretrain/test_pretrain.sh
. "$(dirname "$0")/../../support/shell.sh"
pretrain() { "$program" pretrain speech "$@"; }

"$program" stage --out stage --train 24 --validation 6 --test 6 >/dev/null || exit 1
corpus=stage/corpus.csv
tiny='--hidden 8 --layers 2 --ahead 2 --batch 8 --threads 2'

# --- what is learnt from
expect 0 '24 clips to learn from' pretrain $corpus $tiny --epochs 3 --out apc --curve curve.svg
expect 0 '6 to validate; left out: 6 of test splits' pretrain $corpus $tiny --epochs 3 --out same
expect 0 '' cmp apc same
expect 0 '<svg' cat curve.svg
expect 0 '' pretrain $corpus $tiny --epochs 3 --threads 1 --out same
expect 0 '' cmp apc same
expect 0 '30 clips to learn from' pretrain $corpus $tiny --epochs 1 --all --out all
expect 0 '48 clips to learn from' pretrain $corpus $corpus $tiny --epochs 1 --out twice
sed 's/,train,/,old,/; s/,test,/,train,/; s/,old,/,test,/' $corpus >others.csv # whoever was learnt from is now a test speaker
sed -i "s|,\\([^,]*\\.wav\\)|,$folder/stage/\\1|; s|$folder/stage/$folder|$folder|" others.csv
expect 1 'no clip is left to learn from' pretrain $corpus $tiny --exclude others.csv --out none
check 'a file was left' [ ! -e none ]
expect 0 '6 to validate; left out: 0 of test splits, 24 of speakers of --exclude' pretrain $corpus $tiny --all --exclude others.csv --epochs 1 --out apart

# --- interrupted after one epoch, it ends as one that was not; another run is refused
run="$corpus $tiny --resume --quiet"
expect 0 'whole: 1' pretrain $run --epochs 3 --out whole
for delay in 0.02 0.04 0.06 0.09; do
	"$program" pretrain speech $run --epochs 3 --save-every 0 --out cut >out 2>&1 &
	sleep $delay
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
done
expect 0 '' pretrain $run --epochs 3 --save-every 0 --out cut
expect 0 '' cmp whole cut
expect 1 'was begun with other settings' pretrain $run --epochs 3 --hidden 9 --out cut
expect 1 'holds a model, but no training to resume' pretrain $run --epochs 3 --out apc

# --- as an encoder
small='--modalities speech --epochs 2 --fusion-hidden 8 --quiet --threads 2'
for how in apc:apc 'apc:apc --tune top:1' 'apc:apc --tune all' 'apc:apc --random-weights' 'apc:apc --random-weights --tune all' \
	apc+functionals:apc; do
	expect 0 '' "$program" train $corpus $small --speech-encoder $how --out model
	expect 0 'accuracy' "$program" evaluate model $corpus
	expect 0 'log-odds of' "$program" explain model --wav stage/test-00000.wav
	expect 0 '' "$program" predict model --wav stage/test-00000.wav
done
frozen="$small --speech-encoder apc:apc"
expect 0 '' "$program" train $corpus $frozen --fusion cross --modalities text,speech --min-count 1 --out both
expect 0 'accuracy' "$program" evaluate both $corpus
expect 0 '' "$program" train $corpus $frozen --out model
expect 0 '' "$program" train $corpus $frozen --resume --out resumed
expect 0 '' "$program" train $corpus $frozen --resume --epochs 3 --out resumed
expect 0 '' "$program" compare $corpus $frozen --plain --seeds 1 --results cells.jsonl
check 'the model holds the encoder' [ "$(wc -c <model)" -lt 8000 ]

# --- beside the model, moved, changed, gone
mkdir moved && cp model apc moved
mv apc away
expect 0 '' "$program" predict moved/model --wav stage/test-00000.wav
expect 1 'its speech encoder begins with a file: apc' "$program" predict model --wav stage/test-00000.wav
pretrain $corpus $tiny --epochs 1 --out apc >/dev/null 2>&1
expect 1 'but that file now has' "$program" predict model --wav stage/test-00000.wav
expect 1 'was begun on other data' "$program" train $corpus $frozen --resume --epochs 4 --out resumed
mv away apc

# --- who is tested
expect 1 'the speech encoder has heard speaker' "$program" train others.csv $frozen --out x
expect 0 'has heard' "$program" train others.csv $frozen --allow-speaker-leak --skip-bad --out model
expect 1 'of the test split is one the model was trained on' "$program" evaluate model others.csv

# --- mistakes
expect 2 'expected apc:FILE' "$program" train $corpus $small --speech-encoder apc --out x
expect 2 'expected apc+functionals:FILE' "$program" train $corpus $small --speech-encoder apc+functionals --out x
expect 2 'cnn begins with no file' "$program" train $corpus $small --speech-encoder cnn:apc --out x
expect 2 '--mels 26' "$program" train $corpus $frozen --mels 30 --out x
expect 2 '--normalise utterance' "$program" train $corpus $frozen --normalise corpus --out x
expect 2 'are of an encoder that begins with a file' "$program" train $corpus $small --tune all --out x
expect 1 'expected none, top:N' "$program" train $corpus $frozen --tune half --out x
expect 1 'adapters are for language models' "$program" train $corpus $frozen --tune lora:4 --out x
expect 1 'which emotionnet pretrain speech writes' "$program" train $corpus $small --speech-encoder apc:model --out x
expect 2 'expected what to pre-train' "$program" pretrain
expect 2 'expected what to pre-train' "$program" pretrain smell --out x
expect 2 '--out says where' pretrain $corpus
expect 1 'no clip is longer' pretrain $corpus --ahead 100 --max-seconds 0.5 --out x
expect 0 '--ahead N' pretrain --help
finish
