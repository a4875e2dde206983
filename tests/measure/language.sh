#!/bin/sh
# Language models, pre-training and networks side by side at growing numbers of labels, with three draws that are the same for
# all. Everything is resumed: what is finished stands in build/measure/language/*.jsonl, and the same command goes on. What is not
# there (a corpus, the weights: make weights) is skipped with a message. Prints tables, and the hours that processors worked.
# usage: EMOTIONNET_DATA=../shared/data [EMOTIONNET_WEIGHTS=build/weights] [THREADS=0] [SIZES=50,100] tests/measure/language.sh [texts] [asked] [tuned] [own] [encoders] [speech]
set -u
data=${EMOTIONNET_DATA:-../shared/data}
weights=${EMOTIONNET_WEIGHTS:-build/weights}
program=${EMOTIONNET:-build/emotionnet}
work=build/measure/language
sizes=${SIZES:-50,100,300,1000,3000,all}
text="--modalities text --fusion none --select f1"
common="--plain --seeds 3 --cache $work/cache --threads ${THREADS:-0}"
minilm=$weights/minilm smollm=$weights/smollm2/SmolLM2-135M-Instruct.Q4_1.gguf
mkdir -p $work || exit 1

there() { [ -e "$1" ] || { echo "$2: skipped, $1 is not there"; return 1; }; }

# corpus NAME: imports it, once.
corpus() {
	case $1 in
	dair) folder=$data/dair-emotion kind=dair-emotion ;;
	*) folder=$data/$1 kind=$1 ;;
	esac
	there "$folder" "$1" || return 1
	[ -s $work/$1.csv ] || "$program" import $kind "$folder" >$work/$1.csv || exit 1
}

# curve NAME CORPUS OPTIONS...: a learning curve, resumed.
curve() {
	name=$1 of=$2
	shift 2
	echo "== $name: curve $of.csv $*"
	"$program" curve $work/$of.csv $common --results $work/$name.jsonl "$@" || exit 1
}

# Our networks, the bag of words and the majority; and the probes of published models, at every size.
texts() {
	for c in meld dair emorynlp; do
		corpus $c || continue
		for encoder in lstm cnn ngrams transformer; do
			case $encoder in
			lstm) asks=$minilm ;;
			cnn) asks=$smollm ;;
			*) asks= ;;
			esac
			[ "$asks" ] && { there "$asks" "the probe of $asks" || asks=; }
			curve $c-$encoder $c $text --sizes $sizes --text-encoder $encoder \
				${asks:+--language-model "$asks" --language-rows probe}
		done
	done
}

# The five prompts, and examples in a prompt with three draws and orders, on each whole test split; and whether the model knows it
# already: its perplexity on 300 test texts beside sentences that were written for this comparison.
asked() {
	there "$smollm" SmolLM2 || return
	for c in meld dair emorynlp; do
		corpus $c || continue
		curve $c-asked $c $text --sizes all --epochs 1 \
			--language-model "$smollm" --language-rows zero-shot,one-shot
	done
}

# Its last two blocks, and adapters, trained on MELD.
tuned() {
	there "$smollm" SmolLM2 || return
	corpus meld || return
	curve meld-tuned meld $text --sizes 50,300,1000 --epochs 5 --language-model "$smollm" --language-rows top:2,lora:8
}

# A language model of one's own, from reviews of films without labels; and its controls.
own() {
	there "$data/imdb/unsup.txt" imdb || return
	[ -e $work/own/model.safetensors ] ||
		"$program" pretrain text "$data/imdb/unsup.txt" --resume --out $work/own --curve $work/own.svg || exit 1
	encoder="--text-encoder lm:$work/own --max-words 64"
	for c in meld dair emorynlp; do
		corpus $c || continue
		for how in none all; do
			curve $c-own-$how $c $text --sizes $sizes $encoder --tune $how
			curve $c-own-$how-random $c $text --sizes $sizes $encoder --tune $how --random-weights
		done
	done
}

# Encoders of sound at equal parameters, speakers apart.
encoders() {
	corpus ravdess || return
	for encoder in cnn:128 lstm:128 transformer:48; do
		echo "== ravdess-${encoder%:*}"
		"$program" compare $work/ravdess.csv --modalities speech --fusion none --folds speaker $common \
			--speech-encoder ${encoder%:*} --speech-hidden ${encoder#*:} --results $work/ravdess-${encoder%:*}.jsonl || exit 1
	done
}

# A model of sound, from other actors and other languages; 8, 16 and 32 clips a class of EmoDB.
speech() {
	corpus emodb && corpus ravdess && corpus nemo || return
	"$program" pretrain speech $work/ravdess.csv $work/nemo.csv $work/emodb.csv --exclude $work/emodb.csv --all --cache $work/cache \
		--resume --out $work/sound.apc --curve $work/sound.svg || exit 1
	curve emodb-default emodb --modalities speech --fusion none --sizes 56,112,224
	curve emodb-cnn emodb --modalities speech --fusion none --sizes 56,112,224 --speech-encoder cnn
	curve emodb-apc-functionals emodb --modalities speech --fusion none --sizes 56,112,224 --speech-encoder apc+functionals:$work/sound.apc
	for how in none all; do
		curve emodb-apc-$how emodb --modalities speech --fusion none --sizes 56,112,224 --speech-encoder apc:$work/sound.apc --tune $how
		curve emodb-apc-$how-random emodb --modalities speech --fusion none --sizes 56,112,224 --speech-encoder apc:$work/sound.apc \
			--tune $how --random-weights
	done
}

for part in ${@:-texts asked tuned own encoders speech}; do
	case $part in
	texts | asked | tuned | own | encoders | speech) $part ;;
	*) echo "usage: $0 [texts] [asked] [tuned] [own] [encoders] [speech]" >&2; exit 2 ;;
	esac
done
echo 'processors, user and system, in this run (what was there already is not in it):'
times | tail -n 1
