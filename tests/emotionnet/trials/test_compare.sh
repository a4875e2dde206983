#!/bin/sh
# A comparison as its user meets it: shares of it joined again, interrupted, killed in the middle of a line and gone
# on with, and every wrong use. usage: EMOTIONNET=build/emotionnet tests/emotionnet/trials/test_compare.sh
. "$(dirname "$0")/../../support/shell.sh"
compare() { "$program" compare "$@"; }

corpus 14 8 2 | awk 'NR == 1 { print $0 ",kind"; next } { print $0 ",kind" int(NR / 2) % 2 }' >good.csv
corpus 14 8 2 | sed 's/,s[0-9]*,/,,/' >bare.csv
small='--modalities text --epochs 4 --rate 0.02 --dropout 0 --min-count 1 --quiet --embed 8 --text-hidden 8 --fusion-hidden 8'

# --- a comparison: the rows, and what is said of them
compare good.csv $small --seeds 2 >table
for part in 'bag of words' 'the 4 speakers of the test' 'intervals from 4 speakers are too narrow' kind0 '10 % ' \
	temperature 'p95, ms' baseline 'accuracy, from 0 to 1' '######'; do
	expect 0 '' grep -qF "$part" table
done
expect 0 '"strategy":"majority","reads":"","learnt_from":16,"seeds":1,"accuracy":0.5,' compare good.csv $small --json
expect 0 'there are not two speakers' compare bare.csv $small
expect 0 'Gains are over majority' compare bare.csv $small --plain --baseline majority

# --- every figure, computed again from the results by another program
stage='--stage 48,12,24 --modalities text,speech --fusion middle,late --seeds 2 --epochs 2 --hop 640 --speech-hidden 8'
expect 0 'best: text+speech' compare $small $stage --results figures.jsonl
compare --merge --json figures.jsonl >figures.json
if command -v python3 >/dev/null; then
	expect 0 'figures are the same' python3 -I "$here/check_comparison.py" figures.jsonl figures.json
	sed 's/"ece_after":0/"ece_after":1/' figures.json >wrong.json
	expect 1 'ece_after: told' python3 -I "$here/check_comparison.py" figures.jsonl wrong.json
else
	echo 'compare: python3 is missing: the figures were not computed again'
fi
check 'a column of the JSON is not in emotionnet/README.md' sh -c "
	for key in \$(grep -o '\"[a-z_0-9]*\":' figures.json | tr -d '\":' | sort -u | grep -v 'accuracy_\|uar_\|f1_\|deviation\|^agree\|^words\|^voice\|^irony\|^stress\|^noise'); do
		grep -q \"\$key\" '$top/emotionnet/README.md' || { echo \$key; exit 1; }
	done"

# --- the same bits for any number of threads
compare good.csv $small --seeds 3 --json --threads 1 >one.json
compare good.csv $small --seeds 3 --json --threads 8 >eight.json
same one.json eight.json
compare good.csv $small --seeds 3 --json --threads 16 >sixteen.json
same one.json sixteen.json

# --- shares, joined
for k in 1 2 3; do
	expect 0 "share $k of 3: 3 cells are in part$k.jsonl" compare good.csv $small --seeds 3 --cell $k/3 --results part$k.jsonl
done
expect 1 '3 of 9 cells are missing, the first: majority, seed 2' compare --merge part1.jsonl part3.jsonl
expect 0 'bag of words' compare --merge --results all.jsonl part1.jsonl part2.jsonl part3.jsonl
compare --merge --json all.jsonl >all.json
same one.json all.json
expect 0 'all.jsonl has 9 cells already' compare good.csv $(echo "$small" | sed s/--quiet//) --seeds 3 --results all.jsonl
sed '2s/"fingerprint":"[0-9a-f]*/"fingerprint":"0123456789abcdef/' part1.jsonl >damaged.jsonl
expect 1 'damaged: by its bytes the line would end in ,"crc32":"' compare --merge part1.jsonl damaged.jsonl
sed 's/^\({"[a-z]*":\)5/\11/; s/,"folds":\[\]//; s/,"corpora":"[^"]*","known":{.*}}//; s/,"cpu_seconds":[^,]*//; s/,"disk":[^,]*//; s/,"operations":[^,]*,"read":[^,]*,"asked":[0-9]*//; s/,"crc32":"[0-9a-f]*"}$/}/' damaged.jsonl >other.jsonl # version 1 has no checksums
expect 1 'other.jsonl:1: has no checksum (it is older)' compare --merge part1.jsonl other.jsonl
expect 1 'another result than an earlier one of that cell' compare --merge part1.jsonl other.jsonl
expect 1 'from another program' compare good.csv $small --seeds 3 --results other.jsonl

# --- a file of another corpus, of other settings, of no comparison
expect 1 'holds another comparison: its corpus is "good.csv" (hash ' compare bare.csv $small --results all.jsonl
expect 1 'there "--rate 0.02", here "--rate 0.01"' compare good.csv $small --rate 0.01 --results all.jsonl
compare bare.csv $small --results bare.jsonl >/dev/null
expect 1 'bare.jsonl: holds another comparison' compare --merge part1.jsonl bare.jsonl
expect 1 'good.csv:1: byte 0: expected' compare good.csv $small --results good.csv
expect 1 'good.csv:1: byte 0: expected' compare --merge good.csv
expect 1 'none.jsonl' compare --merge none.jsonl

# --- killed while it writes: what is torn is run again
until_lines() { # FILE COUNT: waits until it has so many lines
	for _ in $(seq 400); do
		[ -f "$1" ] && [ "$(wc -l <"$1")" -ge "$2" ] && return
		sleep 0.01
	done
}
many="$small --seeds 40 --plain"
compare good.csv $many --json >many.json
"$program" compare good.csv $many --results killed.jsonl >/dev/null 2>&1 &
until_lines killed.jsonl 3
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
head -c -7 killed.jsonl >torn.jsonl
expect 0 'its last line was not finished; that cell is run again' compare good.csv $many --results torn.jsonl
compare --merge --json torn.jsonl >torn.json
same many.json torn.json

# --- Ctrl-C: what is finished is kept. A shell starts what runs in the background with it ignored, and so it would stay.
env --default-signal=INT "$program" compare good.csv $many --epochs 4000 --patience 0 --results interrupted.jsonl >interrupt 2>&1 &
until_lines interrupted.jsonl 3
kill -INT $!
wait $!
expect 1 '' sh -c "exit $?"
expect 0 'the same command goes on from there' cat interrupt
expect 0 '' test "$(wc -l <interrupted.jsonl)" -lt 121
# --- where it was ignored, as by nohup or in the background, it stays so
(trap '' INT TERM && exec "$program" compare good.csv $many --results ignored.jsonl --json) >ignored.json 2>/dev/null &
until_lines ignored.jsonl 3
kill -INT $!
kill -TERM $!
wait $!
expect 0 '' sh -c "exit $?"
same many.json ignored.json
"$program" compare good.csv $many --epochs 4000 --patience 0 >interrupt 2>&1 &
sleep 0.3
kill -TERM $!
wait $!
expect 1 '' sh -c "exit $?"
expect 0 'interrupted; nothing was kept. Hint: --results FILE' cat interrupt

# --- learning curves: nested shares, one file, the same figures in shares
curve() { "$program" curve "$@"; }
curve good.csv $small --sizes 4,8,all --seeds 2 --json --results curve.jsonl >curve.json
expect 0 '' grep -q '"strategy":"text only","reads":"text","learnt_from":4,"seeds":2' curve.json
expect 0 '' grep -q '"needs":{"majority":' curve.json
for k in 1 2; do
	expect 0 "share $k of 2: 9 cells" curve good.csv $small --sizes 4,8,all --seeds 2 --cell $k/2 --results curve$k.jsonl
done
curve --merge --json curve1.jsonl curve2.jsonl >curves.json
same curve.json curves.json
expect 0 'Utterances needed for an accuracy of' curve --merge curve.jsonl --svg curve.svg
expect 0 '' grep -q '</svg>' curve.svg
expect 0 '| uar | 4 | 8 | 16 |' curve --merge curve.jsonl --markdown uar
expect 0 '| text only | 1.000 ± 0.000 | ' curve --merge curve.jsonl --markdown uar
head -4 curve.jsonl >some.jsonl
expect 1 'cells are missing' curve --merge some.jsonl
expect 0 '| majority | 0.333 (1 of 2) | - | - |' curve --merge some.jsonl --markdown weighted-f1
expect 2 'expected no, accuracy' curve --merge curve.jsonl --markdown f1
expect 0 'size 50 is left out' curve good.csv $(echo "$small" | sed s/--quiet//) --sizes 50,4 --seeds 1
expect 1 'expected all, or a number of 2 or more' curve good.csv $small --sizes 1
expect 1 'expected all, or a number of 2 or more' curve good.csv $small --sizes 4,x
expect 1 '--sizes 50: leaves none: there are 16 utterances to learn from' curve good.csv $small --sizes 50
expect 1 '/dev/full' curve --merge curve.jsonl --svg /dev/full
# What would fail at the end fails at once: nothing was trained.
expect 1 'x/y.svg: cannot be opened for writing' curve good.csv $small --sizes 4,all --results never.jsonl --svg x/y.svg
expect 2 'cannot access' ls never.jsonl

# --- models are kept where they are asked for
expect 0 '' compare good.csv $small --models models --results models.jsonl
expect 0 'accuracy' "$program" evaluate models/text-only-1.safetensors good.csv --split test
expect 0 '' grep -q '"model":"models/text-only-1.safetensors"' models.jsonl

# --- wrong use
expect 2 'such as 900,200,300' compare --stage 12,6
expect 2 'the size of the embedded corpus, but another corpus is named' compare good.csv --stage 12,6,6
expect 0 'embedded corpus: 12 utterances to learn from, 6 to validate, 6 to test' compare --stage 12,6,6 --fusion none --epochs 1 --plain --quiet
expect 2 '--cell 0/3: expected K/N' compare good.csv --cell 0/3 --results x
expect 2 '--cell 4/3: expected K/N' compare good.csv --cell 4/3 --results x
expect 2 '--cell 1/3x: expected K/N' compare good.csv --cell 1/3x --results x
expect 2 '--results FILE says where' compare good.csv --cell 1/3
expect 2 'expected one of them' compare --merge a --cell 1/3 --results x
expect 2 'expected results files' compare --merge
expect 2 'expected one corpus at most' compare a.csv b.csv
expect 2 '--baseline nobody: expected one of' compare good.csv $small --baseline nobody
expect 1 'baseline "nobody"' compare --merge --baseline nobody all.jsonl
expect 2 'expected strategies such as early,middle, all of them, or none' compare good.csv --fusion ''
expect 2 '--report r.pdf: expected a name that ends in .html' compare good.csv --report r.pdf
expect 1 'x/r.html: cannot be opened for writing' compare good.csv $small --models models --report x/r.html
expect 2 'fusion "nothing" is not known' compare good.csv --fusion nothing
expect 2 '"early" stands there twice' compare good.csv --fusion early,early
expect 1 'x/y.jsonl: cannot be opened' compare good.csv $small --results x/y.jsonl
expect 1 'x/y: the folder cannot be made' compare good.csv $small --models x/y
expect 1 'No such file' compare none.csv
head -1 good.csv >empty.csv
expect 1 'empty.csv' compare empty.csv $small
grep -v ',test,' good.csv >untested.csv
expect 1 'the test split is empty' compare untested.csv $small
grep -v anger good.csv >onesided.csv
expect 1 'found joy alone: there is nothing to tell apart' compare onesided.csv $small

finish
