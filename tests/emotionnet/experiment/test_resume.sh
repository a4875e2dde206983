#!/bin/sh
# A training that is killed at fifty random moments and resumed each time ends in the same bytes as one that was
# never stopped; what --resume goes on from, starts anew and refuses.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/experiment/test_resume.sh
. "$(dirname "$0")/../../support/shell.sh"
small='--modalities text --epochs 6 --batch 4 --min-count 1 --embed 8 --text-hidden 8 --fusion-hidden 8 --threads 2'
train() { "$program" train "$@"; }

corpus 10 8 2 >corpus.csv

# --- killed at fifty random moments; a run that gets through in spite of that is followed by a new one
all="$small --save-every 0 --quiet --resume --optimiser adamw --decay 0.01 --schedule cosine --warmup 5 --average 0.9"
milliseconds() { date +%s%N | awk '{ printf "%d", $1 / 1e6 }'; }
began=$(milliseconds)
expect 0 '' train corpus.csv $all --out whole
lasts=$(($(milliseconds) - began))
[ "$lasts" -ge 20 ] || lasts=300
kills=0 halves=0
for delay in $(awk -v most="$lasts" 'BEGIN { srand(); for (i = 0; i < 400; i++) printf "%.3f\n", rand() * most * 0.6 / 1000 }'); do
	[ $kills -lt 50 ] || break
	"$program" train corpus.csv $all --out cut 2>err &
	sleep "$delay"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	end=$?
	[ -e "$(echo cut.tmp-*)" ] && halves=$((halves + 1))
	case $end in
	137) kills=$((kills + 1)) ;;
	0)
		expect 0 '' cmp whole cut
		rm cut
		;;
	*)
		expect 0 'expected no other end than by the kill' cat err
		break
		;;
	esac
done
expect 0 '' train corpus.csv $all --out cut
expect 0 '' cmp whole cut
expect 0 50 echo $kills
expect 1 '' sh -c 'ls | grep tmp-' # what killed writers left is swept up

# --- anew where there is nothing; to more epochs in all; nothing to do
expect 0 '6/6' train corpus.csv $small --resume --out six
expect 0 '3/3' train corpus.csv $small --resume --out three --epochs 3
expect 0 'three goes on after epoch 3.' train corpus.csv $small --resume --out three
expect 0 '' cmp six three
expect 0 'of 6 kept' train corpus.csv $small --resume --out three --patience 1
expect 0 '' cmp six three
expect 0 '"n":4,' "$program" evaluate six corpus.csv --split validation --json
expect 0 'joy' "$program" predict six --text 'glad'
expect 0 '' train corpus.csv $small --out plain
expect 0 '' "$program" evaluate plain corpus.csv --split validation --json
cp out plain.json
expect 0 "$(cat plain.json)" "$program" evaluate six corpus.csv --split validation --json

# --- another run than the file's is refused, and the file stays
cp six kept
expect 1 'then "--batch 4 --rate 0.001", now "--batch 8 --rate 0.5"' train corpus.csv $small --resume --out six --batch 8 --rate 0.5
expect 1 'then "--seed 1", now "--seed 2"' train corpus.csv $small --resume --out six --seed 2
expect 1 'holds a model, but no training to resume' train corpus.csv $small --resume --out plain
sed 's/so glad/very glad/' corpus.csv >other.csv
expect 1 'six: was begun on other data' train other.csv $small --resume --out six
expect 1 'six: was begun on other data: then 16 utterances' train other.csv $small --resume --out six
head -c 3000 six >short
expect 1 'short: ' train corpus.csv $small --resume --out short
expect 0 '' cmp six kept
expect 1 'then "--epochs 6", now "--epochs 7"' train corpus.csv $all --out whole --epochs 7

# --- what else training can be asked for
for optimiser in adam 'adamw --decay 0.1' 'sgd --momentum 0.9 --nesterov' 'rmsprop --momentum 0.5 --decay 0.001'; do
	for schedule in constant step one-cycle plateau; do
		expect 0 '' train corpus.csv $small --quiet --epochs 2 --out m --optimiser $optimiser --schedule $schedule
	done
done
expect 2 'optimiser "adagrad" is not known: expected adam, adamw, sgd or rmsprop' train corpus.csv $small --out m --optimiser adagrad
expect 2 'schedule "linear" is not known: expected constant' train corpus.csv $small --out m --schedule linear
expect 2 'adam has no decay: with one, it is adamw' train corpus.csv $small --out m --decay 0.1
expect 0 '' train corpus.csv $small --quiet --out m --freeze 'text.,*.bias'
expect 1 '--freeze speech.: no parameter has such a name' train corpus.csv $small --out m --freeze speech.
expect 1 'leaves nothing to train' train corpus.csv $small --out m --freeze '*'

finish "$kills kills, $halves of them while it wrote; "
