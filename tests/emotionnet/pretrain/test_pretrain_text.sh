#!/bin/sh
# pretrain text: a small model of language learns, is killed and goes on, and is opened as a published one.
. "$(dirname "$0")/../../support/shell.sh"

# texts FILE: 400 sentences of a small grammar, one a line, with one line twice.
awk 'BEGIN {
	split("the old king,a young dog,my sister,the rain,one of 12 cats", who, ",")
	split("loves,hates,never sees,waits for,laughs at", does, ",")
	split("the sea.,a song!,winter?,you.,the 7 stars...", what, ",")
	s = 7
	for (i = 0; i < 400; i++) {
		line = ""
		for (k = 0; k < 3; k++) {
			s = (s * 1103 + 12345) % 65536; a = int(s / 256) % 5 + 1
			s = (s * 1103 + 12345) % 65536; b = int(s / 256) % 5 + 1
			line = line who[a] " " does[b] " " what[(a + b) % 5 + 1] " "
		}
		print line i
	}
}' >texts.txt

small="--vocabulary 300 --context 16 --width 16 --layers 1 --heads 2 --held 10 --parts 2 --epochs 4 --batch 16 --rate 0.01 --warmup 4"
# run DIR [options]
run() {
	dir=$1
	shift
	# shellcheck disable=SC2086
	"$program" pretrain text texts.txt --out "$dir" $small "$@"
}

expect 0 'interpolated trigram:' run a --curve a.svg
check 'the folder has its three files' test -s a/config.json -a -s a/tokenizer.json -a -s a/model.safetensors
check 'the curve is drawn' grep -q '</svg>' a.svg
expect 0 'Note: 400 texts, of which 40 are held out' run b --threads 1
check 'one thread gives the same weights' cmp a/model.safetensors b/model.safetensors
check 'and the same vocabulary' cmp a/tokenizer.json b/tokenizer.json

# killed within the first epochs, and taken up again
# shellcheck disable=SC2086
"$program" pretrain text texts.txt --out c $small --resume --save-every 0 >killed 2>&1 &
job=$!
i=0
while [ ! -s c/training.safetensors ] && [ $i -lt 200 ]; do sleep 0.05; i=$((i + 1)); done
kill -9 $job 2>/dev/null
wait $job 2>/dev/null
check 'the run left its state' test -s c/training.safetensors
expect 0 '' run c --resume
check 'a run that was killed gives the same weights' cmp a/model.safetensors c/model.safetensors
expect 1 'was begun with other settings' run c --resume --rate 0.02

# it is a model as any other
expect 0 '' "$program" lm a --prompt 'the old king' --tokens 8 --seed 1

expect 2 '--out says where' "$program" pretrain text texts.txt
expect 2 'multiple of twice the heads' "$program" pretrain text texts.txt --out d --width 18 --heads 4
expect 1 'none.txt' "$program" pretrain text none.txt --out d
head -3 texts.txt >few.txt
expect 1 'Hint: more texts, one a line' "$program" pretrain text few.txt --out d
for i in $(seq 40); do echo 'the same line'; done >same.txt
expect 1 'of which 4 are held out and 36 more left out' "$program" pretrain text same.txt --out d --held 10
expect 1 'Hint: texts that are not the same over and over' "$program" pretrain text same.txt --out d --held 10
check 'nothing was made' test ! -e d
# that it cannot write it says before it learns
# shellcheck disable=SC2086
expect 1 'texts.txt/model.safetensors' timeout 20 "$program" pretrain text texts.txt --out texts.txt $small --epochs 90000

# an epoch that is far behind the trigram is the best so far too: what is told is of weights that have learnt
seq 400 >numbers
# shellcheck disable=SC2086
expect 0 'in epoch 1, which is kept' "$program" pretrain text numbers --out g $small --epochs 1

# a 0 in a text ends nothing: the first, and the tenth, which is held out, differ behind it
# shellcheck disable=SC2086
sed '1s/.*/the sea/; 10s/.*/the seaXcalm/' texts.txt | tr X '\000' >zeros.txt
expect 0 'and 0 more left out' "$program" pretrain text zeros.txt --out f $small
expect 2 'expected what to pre-train: speech or text' "$program" pretrain words texts.txt

finish
