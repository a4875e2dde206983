#!/bin/sh
# Trains on published corpora and holds the results against their floors. What is not there is skipped with a
# message. Prints what was measured, seed by seed; exit status 1 if a floor was missed.
# usage: EMOTIONNET_DATA=../shared/data EMOTIONNET=build/emotionnet tests/measure/measure.sh [emodb] [voices] [meld] [ravdess] [dair] [mosi] [faces] [paired]
set -u
data=${EMOTIONNET_DATA:-../shared/data}
program=${EMOTIONNET:-build/emotionnet}
seeds='1 2 3'
work=build/measure
mkdir -p $work
. "$(dirname "$0")/floors.sh"

there() { [ -d "$data/$1" ] || { echo "$2: skipped, $data/$1 is not there"; return 1; }; }

# field NAME: the number of that name in a JSON object on standard input.
field() { sed "s/.*\"$1\":\([-0-9.e]*\).*/\1/"; }

# mean NUMBERS...: mean and deviation.
mean() {
	echo "$@" | awk '{ for (i = 1; i <= NF; i++) m += $i / NF; for (i = 1; i <= NF; i++) v += ($i - m) ^ 2
		printf("%.3f ± %.3f", m, (NF > 1) ? sqrt(v / (NF - 1)) : 0) }'
}

# seeds_of NAME FIELD CORPUS TRAIN-OPTIONS...: trains and evaluates once a seed; leaves the figures in $figures.
seeds_of() {
	name=$1 what=$2 corpus=$3
	shift 3
	figures=
	for seed in $seeds; do
		$program train "$corpus" --quiet --seed "$seed" --out $work/$name.safetensors --cache $work/cache "$@" || exit 1
		figures="$figures $($program evaluate $work/$name.safetensors "$corpus" --cache $work/cache --json | field "$what")"
	done
	echo "$name, $what, seeds $seeds:$figures = $(mean $figures)"
}

emodb() {
	there emodb EmoDB || return
	$program import emodb "$data/emodb" >$work/emodb.csv || exit 1
	seeds_of emodb uar $work/emodb.csv --modalities speech
	floor 'EmoDB, speech only, UAR' "$(mean $figures | cut -d' ' -f1)" 0.62
}

meld() {
	there meld MELD || return
	$program import meld "$data/meld" >$work/meld.csv || exit 1
	seeds_of meld weighted_f1 $work/meld.csv --modalities text --select f1 --epochs 20
	floor 'MELD, text only, weighted F1' "$(mean $figures | cut -d' ' -f1)" 0.54
}

# That stereo clips at 48 kHz import and train: what is reached stands in README.md.
ravdess() {
	there ravdess RAVDESS || return
	$program import ravdess "$data/ravdess" --test-speakers 05 --validation-speakers '' >$work/ravdess.csv || exit 1
	clips=$(($(wc -l <$work/ravdess.csv) - 1))
	floor 'RAVDESS, clips' $clips 120
	$program train $work/ravdess.csv --modalities speech --epochs 3 --quiet --out $work/ravdess.safetensors --cache $work/cache || exit 1
	$program evaluate $work/ravdess.safetensors $work/ravdess.csv --cache $work/cache --json >$work/ravdess.json || exit 1
	floor 'RAVDESS, clips measured' "$(field n <$work/ravdess.json)" 60
}

dair() {
	there dair-emotion 'dair-ai emotion' || return
	$program import dair-emotion "$data/dair-emotion" >$work/dair.csv || exit 1
	seeds_of dair weighted_f1 $work/dair.csv --modalities text --select f1 --batch 64 --rate 0.005 --epochs 12
	floor 'dair-ai emotion, text only, weighted F1' "$(mean $figures | cut -d' ' -f1)" 0.91
}

# told NAME JSON ROW FIELD...: fields of a row of a comparison, mean and deviation over the seeds.
told() {
	name=$1 json=$2 row=$3
	shift 3
	for what in "$@"; do
		line=$(grep "\"strategy\":\"$row\"" "$json")
		echo "$name, $row, $what: $(echo "$line" | field "$what") ± $(echo "$line" | field "${what}_deviation")"
	done
}

# told_all NAME JSON FIELD: that field of every row.
told_all() {
	grep -o '"strategy":"[^"]*"' "$2" | cut -d'"' -f4 | while read -r each; do
		told "$1" "$2" "$each" "$3"
	done
}

# The vectors as published; then the sentences through our own encoder. The networks are narrow and the dropout
# strong, because a validation split can choose nothing here: the vectors of text were made with the labels of all
# training utterances, those of the validation split among them.
mosi() {
	there mosi CMU-MOSI || return
	$program import mosi "$data/mosi" --arrays $work/mosi >$work/mosi.csv || exit 1
	narrow='--speech-encoder vector --speech-hidden 16 --face-hidden 16 --fusion-hidden 16 --dropout 0.6'
	all='text,speech,face'
	$program compare $work/mosi.csv --modalities $all --text-encoder vector --text-hidden 16 $narrow \
		--fusion "${FUSIONS:-early,middle,late,product}" --seeds 5 --plain --quiet --json >$work/mosi.json || exit 1
	told_all 'MOSI, 5 seeds' $work/mosi.json accuracy
	$program compare $work/mosi.csv --modalities $all $narrow --fusion middle --seeds 5 --epochs 20 --plain --quiet --json \
		>$work/mosi-words.json || exit 1
	told 'MOSI, its sentences through our own encoder' $work/mosi-words.json 'text only' accuracy
	told 'MOSI, its sentences through our own encoder' $work/mosi-words.json middle accuracy
	text=$(grep '"strategy":"text only"' $work/mosi.json | field accuracy)
	single=$(grep ' only"' $work/mosi.json | field accuracy | sort -n | tail -1)
	fused=$(grep '"strategy":"middle"' $work/mosi.json | field accuracy)
	floor 'MOSI, vectors of text, accuracy' "$text" 0.75
	floor 'MOSI, points that all three (middle) add to the best alone' \
		"$(awk "BEGIN { printf \"%.1f\", 100 * ($fused - $single) }")" 0.0
}

# Pictures of faces, fewer epochs and one seed, for the gate: README.md has more of both.
faces() {
	there fer2013 FER2013 || return
	$program import fer2013 "$data/fer2013" >$work/fer2013.csv || exit 1
	$program train $work/fer2013.csv --modalities face --face-encoder pictures --epochs 12 --batch 32 --rate 0.003 --dropout 0.3 \
		--schedule one-cycle --seed 1 --quiet --out $work/fer2013.safetensors || exit 1
	floor 'FER2013, 8,000 pictures, 12 epochs, accuracy' \
		"$($program evaluate $work/fer2013.safetensors $work/fer2013.csv --json | field accuracy)" 0.48
}

# Sentences of MELD and clips of EmoDB, matched by label: fusion must beat the better single modality, and no other
# strategy the product of experts, which is Bayes' rule where, given the label, words and voice have nothing to do
# with each other. SEEDS=5 FUSIONS=all: more of them, for the README; the gate has less time.
paired() {
	there emodb 'MELD + EmoDB' && there meld 'MELD + EmoDB' || return
	$program import emodb "$data/emodb" >$work/emodb.csv || exit 1
	$program import meld "$data/meld" >$work/meld.csv || exit 1
	$program pair --text $work/meld.csv --speech $work/emodb.csv --max 300 >$work/paired.csv || exit 1
	$program compare $work/paired.csv --fusion "${FUSIONS:-middle,late,product}" --seeds "${SEEDS:-3}" --epochs 15 \
		--class-weights --plain --quiet --cache $work/cache --json >$work/paired.json || exit 1
	told_all "paired, ${SEEDS:-3} seeds" $work/paired.json uar
	single=$(grep ' only"' $work/paired.json | field uar | sort -n | tail -1)
	product=$(grep '"strategy":"product"' $work/paired.json | field uar)
	other=$(grep -v ' only"\|"product"' $work/paired.json | grep '"strategy"' | field uar | sort -n | tail -1)
	floor 'MELD + EmoDB by label, points of UAR that the product of experts adds to the best alone' \
		"$(awk "BEGIN { printf \"%.1f\", 100 * ($product - $single) }")" 3.0
	floor 'MELD + EmoDB by label, points that it is ahead of the best other fusion' \
		"$(awk "BEGIN { printf \"%.1f\", 100 * ($product - $other) }")" -3.0
}

# median COLUMN PATTERN: of that column of the voices whose id matches.
median() { grep -E "$2" $work/voices.csv | cut -d, -f"$1" | sort -n | awk '{ x[NR] = $1 } END { print x[int((NR + 1) / 2)] }'; }

# A voice is what a person would say it is: women speak higher than men, anger is higher and sharper than sadness.
voices() {
	there emodb 'EmoDB, voices' || return
	$program import emodb "$data/emodb" >$work/emodb.csv || exit 1
	$program voice $work/emodb.csv --csv >$work/voices.csv || exit 1
	women=$(median 4 '^(08|09|13|14|16)...N') men=$(median 4 '^(03|10|11|12|15)...N')
	floor 'EmoDB, neutral women, median pitch in Hz' "$women" 160
	floor 'EmoDB, the same over that of neutral men' "$(awk "BEGIN { printf \"%.2f\", $women / $men }")" 1.4
	anger=$(median 4 '^.....W') sadness=$(median 4 '^.....T')
	floor 'EmoDB, pitch of anger over that of sadness' "$(awk "BEGIN { printf \"%.2f\", $anger / $sadness }")" 1.5
	anger=$(median 19 '^.....W') sadness=$(median 19 '^.....T')
	floor 'EmoDB, alpha ratio of sadness less that of anger, dB' "$(awk "BEGIN { printf \"%.1f\", $sadness - $anger }")" 8
}

for corpus in ${@:-emodb voices meld ravdess dair mosi faces paired}; do
	$corpus
done
[ $measured -gt 0 ] || echo 'Nothing was measured: set EMOTIONNET_DATA to the folder that holds the corpora.'
echo "measured: $((measured - missed)) passed, $missed failed"
[ $missed = 0 ]
