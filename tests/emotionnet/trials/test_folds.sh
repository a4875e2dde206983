#!/bin/sh
# Cross-validation as its user meets it: folds of speakers, of a column, the shares of it joined, interrupted and gone on
# with, and what it refuses. usage: EMOTIONNET=build/emotionnet tests/emotionnet/trials/test_folds.sh
. "$(dirname "$0")/../../support/shell.sh"
compare() { "$program" compare "$@"; }

# Eight speakers in four sessions; the manifest's own split, all of it train, must not count.
corpus 8 8 0 | awk -F, 'NR == 1 { print $0 ",session"; next } { print $0 ",part " int((NR - 2) / 4) }' >good.csv
small='--modalities text --epochs 3 --rate 0.02 --dropout 0 --min-count 1 --quiet --embed 8 --text-hidden 8 --fusion-hidden 8 --plain'

# --- what is told
compare good.csv $small --folds speaker --seeds 2 >table
for part in '16 utterances in 8 folds' '10 to learn from and 4 to validate' 'the 8 speakers of the test' 'mean of folds' \
	'each seed' 'UAR of each fold, mean over the seeds' 's8          2' 'parameters'; do
	expect 0 '' grep -qF "$part" table
done
compare good.csv $small --folds speaker --seeds 2 --json --threads 1 >one.json
expect 0 '' grep -qF '"folds":[{"fold":"s1","train":10,"validation":4,"test":2},' one.json
expect 0 '' grep -qF '"uar_mean_of_speakers":' one.json
if command -v python3 >/dev/null; then
	check 'the JSON does not parse, or has another mean' python3 -I -c "
import json
told = json.load(open('one.json'))
assert len(told['folds']) == 8 and told['test'] == 16 and not told['enrolled']
for one in told['strategies']:
    folds = one['folds']
    assert len(folds['each']) == 8 and [s['seed'] for s in folds['seeds']] == [1, 2]
    assert abs(sum(folds['each']) / 8 - folds['uar']) < 1e-9
    assert abs(sum(s['uar'] for s in folds['seeds']) / 2 - folds['uar']) < 1e-9
    assert abs(sum(s['uar_pooled'] for s in folds['seeds']) / 2 - one['uar']) < 1e-9
    assert sum(map(sum, one['confusion'])) == 2 * 16"
fi

# --- the same bits for any number of threads, in shares, and in any order
compare good.csv $small --folds speaker --seeds 2 --json --threads 8 >eight.json
same one.json eight.json
for k in 1 2 3; do
	expect 0 "share $k of 3: 16 cells are in part$k.jsonl" compare good.csv $small --folds speaker --seeds 2 --cell $k/3 --results part$k.jsonl
done
expect 1 '16 of 48 cells are missing, the first: majority, seed 2, 10 utterances, fold s1' compare --merge part1.jsonl part3.jsonl
expect 0 'mean of folds' compare --merge --results all.jsonl part3.jsonl part1.jsonl part2.jsonl
compare --merge --json all.jsonl >all.json
same one.json all.json
expect 1 'there "--folds speaker", here "--folds session"' compare good.csv $small --folds session --seeds 2 --results all.jsonl

# --- interrupted, gone on with; every cell has its own model
head -20 all.jsonl >half.jsonl
head -c -7 half.jsonl >torn.jsonl
compare good.csv $small --folds speaker --seeds 2 --json --results torn.jsonl >torn.json 2>note
same one.json torn.json
expect 0 '' test "$(wc -l <torn.jsonl)" = 49
expect 0 '' compare good.csv $small --folds session --fusion none --models models
expect 0 '' test "$(ls models | wc -l)" = 4
expect 0 '' test -s models/text-only-1.foldpart-0-1.safetensors

# --- other folds, and what stands on which side
expect 0 '16 utterances in 4 folds' compare good.csv $small --folds session
expect 0 '16 utterances in 3 folds' compare good.csv $small --folds speaker:3
sed 's/,s8,joy,/,s8,calm,/' good.csv >lacking.csv
expect 0 'fold "s8" has nobody to learn "calm" from' compare lacking.csv $small --folds speaker
compare lacking.csv $small --folds speaker --json 2>/dev/null >lacking.json
expect 0 '' grep -qF '"labels":["anger","calm","joy"]' lacking.json
sed 's/^j1,/j0,/' good.csv | sed 's/,s[0-9]*,/,s0,/' >one.csv
expect 1 'there are 1 of them' compare one.csv $small --folds speaker
expect 1 'only 8 speakers' compare good.csv $small --folds speaker:9
sed 's/,s8,/,s25,/' good.csv >other.csv
expect 1 'speaker "s25" is no actor' compare other.csv $small --folds ravdess
sed 's/,s\([0-9]\),/,0\1,/' good.csv >actors.csv
expect 1 'the actors 10, 11, 12, 19, 20 are missing' compare actors.csv $small --folds ravdess
expect 1 'has no column "nothing"' compare good.csv $small --folds nothing
expect 2 'the embedded one has its own split' compare $small --folds speaker
expect 2 '--folds is not known' "$program" curve good.csv $small --folds speaker

# --- train keeps a model a fold, and does not train again what is there
train() { "$program" train good.csv --folds session --out kept/model.safetensors ${small% --plain} "$@"; }
mkdir kept
expect 0 '4 folds: UAR ' train --seed 3
for k in 0 1 2 3; do expect 0 '' test -s kept/model.foldpart-$k-$((k + 1)).safetensors; done
expect 0 'accuracy' "$program" evaluate kept/model.foldpart-2-3.safetensors good.csv --split train --allow-speaker-leak
cksum kept/* >first
rm kept/model.foldpart-1-2.safetensors
train --seed 3 >told
touch -d '2001-01-01' kept/*
train --seed 3 >again
expect 0 '' cmp told again
cksum kept/* >second
expect 0 '' cmp first second
expect 0 '' test -z "$(find kept -type f -newermt 2002-01-01)" # nothing was written anew
train --seed 4 >other
expect 0 '' test -n "$(find kept -type f -newermt 2002-01-01)"
expect 0 'fold part 0: UAR ' cat other
expect 2 '--folds and --resume: expected one of them' train --resume
expect 1 'none/model.foldpart-0-1.safetensors' "$program" train good.csv --folds session --out none/model.safetensors ${small% --plain}

# --- sound: a speaker may not be on two sides, sounds are read once, and enrolment is told
"$program" stage --out heard --train 36 --validation 4 --test 4 >/dev/null
awk -F, 'NR == 1 { print $0 ",third"; next } { print $0 "," NR % 3 }' heard/corpus.csv >heard/thirds.csv
sound='--modalities speech --epochs 1 --hop 640 --speech-hidden 4 --fusion none --quiet --plain'
expect 1 'fold "0": ' compare heard/thirds.csv $sound --folds third
expect 0 'Note: ' compare heard/thirds.csv $sound --folds third --allow-speaker-leak
compare heard/corpus.csv $sound --folds speaker:3 --json >as-it-is.json
compare heard/corpus.csv $sound --folds speaker:3 --json --no-cache --threads 3 >uncached.json
same as-it-is.json uncached.json
expect 0 'speech only' compare heard/corpus.csv $sound --folds speaker:3 --speech-encoder functionals
expect 0 'speech only' compare heard/corpus.csv $sound --folds speaker:3 --speech-encoder cnn+functionals
expect 0 'Note: Voices and faces were normalised by speaker (enrolment)' compare heard/corpus.csv $sound --folds speaker:3 --normalise speaker
compare heard/corpus.csv $sound --folds speaker:3 --normalise speaker --json >enrolled.json
expect 0 '' grep -qF '"enrolled":true' enrolled.json

# --- every figure, computed again from the results by another program
compare heard/corpus.csv $(echo "$sound" | sed 's/--plain//') --modalities text,speech --fusion middle --folds speaker:3 --seeds 2 \
	--results figures.jsonl >/dev/null
compare --merge --json figures.jsonl >figures.json
if command -v python3 >/dev/null; then
	expect 0 'figures are the same' python3 -I "$here/check_comparison.py" figures.jsonl figures.json
	sed 's/"uar_pooled":0/"uar_pooled":1/' figures.json >wrong.json
	expect 1 'pooled: told' python3 -I "$here/check_comparison.py" figures.jsonl wrong.json
else
	echo 'folds: python3 is missing: the figures were not computed again'
fi

# --- on a page: the picture of the folds, one matrix of all, and each utterance by the model that does not know it
expect 0 '' compare heard/corpus.csv $sound --folds speaker:3 --seeds 2 --normalise speaker --results page.jsonl --report page.html
for part in 'href="#folds"' '<title>UAR of each fold</title>' 'UAR by fold and strategy' '44 utterances in 3 folds' \
	'"note">Voices and faces were normalised by speaker' 'data:audio/wav;base64,UklGR' 'data:image/png;base64,iVBOR'; do
	expect 0 '' grep -qF "$part" page.html
done
expect 0 '' test -s page.models/speech-only-2.fold3.safetensors
expect 0 '' compare --merge page.jsonl --report again.html
expect 0 '' cmp page.html again.html
if command -v python3 >/dev/null; then
	check 'the matrix of a strategy does not hold every utterance of every run' python3 -I -c "
import re
page = open('page.html').read()
part = page[page.index('<h2 id=\"confusions\"'):page.index('<h2 id=\"training\"')]
table = part[part.index('aria-label=\"speech only\"'):]
assert sum(map(int, re.findall(r'>(\d+)</td>', table[:table.index('</table>')]))) == 2 * 44"
fi
looked_at page.html
expect 0 ' 20 dB ' compare heard/corpus.csv $(echo "$sound" | sed 's/--plain//') --folds speaker:3
finish
