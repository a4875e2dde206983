#!/bin/sh
# A language model as a text encoder: in each way of learning, in a fusion, explained, resumed, moved and changed. The model is
# a small one, pre-trained here.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/pretrain/test_language.sh
. "$(dirname "$0")/../../support/shell.sh"
corpus 12 8 2 >corpus.csv
tiny="--vocabulary 280 --context 128 --width 8 --layers 2 --heads 2 --parts 1 --held 10 --epochs 1 --batch 4 --quiet"
for i in $(seq 40); do
	echo "I am so glad and happy today, number $i."
	echo "I am furious, go away from $i of them!"
done >texts.txt
expect 0 '' "$program" pretrain text texts.txt --out lm $tiny
small='--modalities text --epochs 3 --fusion-hidden 8 --quiet --threads 2'
lm="$small --text-encoder lm:lm"

for how in '' '--tune top:1' '--tune all' '--tune lora:2' --random-weights '--random-weights --tune all'; do
	expect 0 '' "$program" train corpus.csv $lm $how --out model
	expect 0 'accuracy' "$program" evaluate model corpus.csv
	expect 0 'glad' "$program" explain model --text 'I am glad.'
	expect 0 '' "$program" predict model --text 'I am glad.'
done

# --- the same bits on any number of threads; what is frozen is not copied
expect 0 '' "$program" train corpus.csv $lm --tune top:1 --out one --threads 1
expect 0 '' "$program" train corpus.csv $lm --tune top:1 --out three --threads 3
expect 0 '' cmp one three
expect 0 '' "$program" train corpus.csv $lm --out model
check 'the model holds the encoder' [ "$(wc -c <model)" -lt "$(wc -c <lm/model.safetensors)" ]

# --- resumed; the file moved, changed, gone
expect 0 '' "$program" train corpus.csv $lm --resume --out resumed
expect 0 '' "$program" train corpus.csv $lm --resume --epochs 4 --out resumed
expect 0 '' "$program" train corpus.csv $small --text-encoder lm:lm/ --out slashed
mkdir moved && cp -r model slashed lm moved && mv lm away
expect 0 '' "$program" predict moved/slashed --text glad
expect 0 '' "$program" predict moved/model --text glad
expect 1 'its text encoder begins with a file: lm' "$program" predict model --text glad
"$program" pretrain text texts.txt --out lm $tiny --seed 2 >/dev/null 2>&1
expect 1 'but that file now has' "$program" predict model --text glad
expect 1 'was begun on other data' "$program" train corpus.csv $lm --resume --epochs 5 --out resumed
rm -r lm && mv away lm

# --- other tokens for the same weights are another model, for a model and for a results file
alone="compare corpus.csv $lm --fusion none --plain --seeds 1 --results cells.jsonl"
expect 0 '' "$program" $alone
cp lm/tokenizer.json tokenizer
echo >>lm/tokenizer.json
expect 1 'but that file now has' "$program" predict model --text glad
expect 1 'file of the text encoder: hash' "$program" $alone
mv tokenizer lm/tokenizer.json
expect 0 '' "$program" $alone

# --- rows of a comparison: resumed, the same on any number of threads, each prompt and the probe
rows="--modalities text --epochs 2 --fusion-hidden 8 --quiet --plain --seeds 2 --language-model lm"
expect 0 '' "$program" compare corpus.csv $rows --threads 1 --results one.jsonl
cp out table
for row in 'zero-shot 1 ' 'zero-shot 5, less empty' 'one-shot' 'five-shot' 'probe' 'tuned top:2'; do
	check "there is no row $row" grep -q "^$row" table
	check "$row has no operations, bytes or memory" sh -c "grep '^$row' table | grep -vE '  -  ' | grep -q ' [0-9.]* *[0-9.]* *[0-9.]*[* ] *[0-9.]* *[0-9.]*\$'"
done
check 'contamination is not told' grep -q '^Has lm read the test before?' table
expect 0 '' "$program" compare corpus.csv $rows --threads 3 --results three.jsonl
head -5 one.jsonl >cut.jsonl
expect 0 '' "$program" compare corpus.csv $rows --threads 2 --results cut.jsonl
for cells in three cut; do
	expect 0 '' "$program" compare --merge one.jsonl $cells.jsonl
done
expect 0 '' "$program" compare --merge one.jsonl --report page.html
expect 0 'Whoever says this feels' cat page.html
expect 0 'Cited, not run' cat page.html
looked_at page.html
expect 0 'probe' "$program" curve corpus.csv $rows --fusion none --sizes 8,all --results curve.jsonl
expect 2 'expected one of zero-shot' "$program" compare corpus.csv $rows --language-rows two-shot
expect 2 '--prosody: expected' "$program" compare corpus.csv $small --prosody
# --- another model at the same place is found, and called so; so is another prosody
keep="--language-rows zero-shot,probe,top:1 --seeds 1"
expect 0 '' "$program" compare corpus.csv $rows $keep --results kept.jsonl
cp -r lm same && "$program" pretrain text texts.txt --out lm $tiny --seed 3 >/dev/null 2>&1
expect 1 'from another language model, or one that was asked in other words' "$program" compare corpus.csv $rows $keep --results kept.jsonl
grep -v '"strategy":"zero-shot' kept.jsonl >probed.jsonl
expect 1 'from another language model: --language-model is not the file it was' "$program" compare corpus.csv $rows $keep --results probed.jsonl
grep -v '"strategy":"zero-shot\|"strategy":"probe' kept.jsonl >tuned.jsonl.old
expect 1 'from another language model or another program' "$program" compare corpus.csv $rows $keep --results tuned.jsonl.old
rm -r lm && mv same lm
expect 0 '' "$program" compare corpus.csv $rows $keep --results kept.jsonl

# --- tuned: as --tune says, by name, on folds; with copies of sounds, which no text has
expect 0 'tuned lora:2' "$program" compare corpus.csv $rows --language-rows tuned --tune lora:2
expect 0 'tuned all' "$program" compare corpus.csv $rows --language-rows top:1,all --results tuned.jsonl --models tuned
expect 0 'tuned-top:1-1.safetensors' ls tuned
expect 0 'tuned all' "$program" compare corpus.csv $rows --language-rows top:1,all --results tuned.jsonl
expect 0 'accuracy' "$program" evaluate tuned/tuned-top:1-1.safetensors corpus.csv
expect 0 'tuned top:1' "$program" compare corpus.csv $rows --language-rows top:1 --folds speaker:3
expect 2 'lm has 2 layers' "$program" compare corpus.csv $rows --language-rows top:3
expect 2 '"probe" stands there twice' "$program" compare corpus.csv $rows --language-rows probe,probe
expect 2 '--tune and --random-weights are of an encoder' "$program" compare corpus.csv $small --tune top:1
"$program" stage --out stage --train 24 --validation 6 --test 6 >/dev/null
said="compare stage/corpus.csv --epochs 1 --min-count 1 --plain --quiet --language-model lm --language-rows one-shot --fusion none --results said.jsonl"
expect 0 'one-shot' "$program" $said --prosody
check 'the words of the prosody are not in the results' grep -q 'words of the prosody: hash' said.jsonl
expect 0 'tuned top:1' "$program" compare stage/corpus.csv --epochs 1 --min-count 1 --plain --quiet --language-model lm --language-rows top:1 --copies 2 --noise 0.1 --fusion none
expect 0 '' "$program" pretrain text texts.txt --out short $tiny --context 16
expect 1 'short: reads 16 tokens at most, but prompt 1 and its labels take' "$program" compare corpus.csv $rows --language-model short
expect 0 'probe' "$program" compare corpus.csv $rows --language-model short --language-rows probe
expect 1 'none.gguf' "$program" compare corpus.csv $small --language-model none.gguf

# --- mistakes
expect 2 'expected lm:FILE' "$program" train corpus.csv $small --text-encoder lm --out x
expect 2 'expected lm:FILE' "$program" train corpus.csv $small --text-encoder lm: --out x
expect 1 'none.gguf' "$program" train corpus.csv $small --text-encoder lm:none.gguf --out x
expect 1 'layers' "$program" train corpus.csv $lm --tune top:99 --out x
expect 1 'not for --random-weights' "$program" train corpus.csv $lm --tune lora:2 --random-weights --out x
expect 2 'Hint: --max-words' "$program" train corpus.csv $lm --max-words 9000 --out x
expect 2 'cuts texts by itself' "$program" train corpus.csv $lm --characters --out x
finish
