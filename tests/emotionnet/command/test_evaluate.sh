#!/bin/sh
# Several models as one, --predictions, and models that normalise by speaker, which want clips of him first.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/command/test_evaluate.sh
. "$(dirname "$0")/../../support/shell.sh"
emotionnet() { "$program" "$@"; }

wav joy.wav 'abcdefgh'
wav anger.wav 'zzz zzzz, zzz'
wav other.wav 'abc, abcd'
corpus 12 8 2 | sed '/,joy,/s/,,,$/,joy.wav,,/; /,anger,/s/,,,$/,anger.wav,,/' >good.csv
small='--epochs 4 --rate 0.02 --min-count 1 --quiet --embed 8 --text-hidden 8 --speech-hidden 8 --fusion-hidden 8'
for seed in 1 2 3; do
	expect 0 '' emotionnet train good.csv $small --modalities text --seed $seed --out text$seed
done
expect 0 '' emotionnet train good.csv $small --modalities speech --out speech

# --- every answer in a file
expect 0 '"models":1,' emotionnet evaluate text1 good.csv --predictions one.csv --json
expect 0 'id,speaker,label,answer,p_anger,p_joy' head -1 one.csv
expect 0 'j11,s11,joy,' cat one.csv
# good FILE ROWS: each answer is the largest of its probabilities, and these are 1 together.
good() {
	awk -F, -v rows="$2" 'NR > 1 { sum = $5 + $6; if (sum < 0.999 || sum > 1.001 || $4 != ($6 > $5 ? "joy" : "anger")) bad = 1 }
		END { exit bad || NR != rows + 1 }' "$1"
}
check 'the answers of one model are no good' good one.csv 4
sed 's/^j11,test,s11/"j,""11""",test,"s;11, x"/' good.csv >odd.csv
expect 0 '' emotionnet evaluate text1 odd.csv --predictions odd-said.csv
expect 0 '"j,""11""","s;11, x",joy,' cat odd-said.csv
expect 2 '--predictions ./good.csv: would write over good.csv' emotionnet evaluate text1 good.csv --predictions ./good.csv
expect 2 '--predictions text1: would write over text1' emotionnet evaluate text2 text1 good.csv --predictions text1
expect 1 'no/such/folder' emotionnet evaluate text1 good.csv --predictions no/such/folder/said.csv
[ ! -c /dev/full ] || expect 1 '/dev/full' emotionnet evaluate text1 good.csv --predictions /dev/full
# what stood there stays where the evaluation fails
cp one.csv kept.csv
sed '/^j11/s/joy/bliss/' good.csv >strange.csv
expect 1 'the label "bliss"' emotionnet evaluate text1 strange.csv --predictions kept.csv
expect 0 '' cmp one.csv kept.csv
expect 0 '"skipped":1' emotionnet evaluate text1 strange.csv --predictions said.csv --skip-bad --json
check 'the answers without one are no good' good said.csv 3

# --- "not sure" below a threshold: the coverage is told, and what is answered is as right as the CSV says
expect 0 'With --abstain 0, 4 of 4 are answered (coverage 1.000)' emotionnet evaluate text1 good.csv --abstain 0
expect 0 '    1.000' emotionnet evaluate text1 good.csv --abstain 0
middle=$(awk -F, 'NR > 1 { print ($5 > $6 ? $5 : $6) - 0.000001 }' one.csv | sort -g | sed -n 3p)
expect 0 '"answered":2,"coverage":0.500000' emotionnet evaluate text1 good.csv --abstain "$middle" --json --predictions sure.csv
check 'the two less sure are not "not sure"' \
	awk -F, -v p="$middle" 'NR > 1 { unsure = $5 < p && $6 < p; n += unsure; if (unsure != ($4 == "not sure")) bad = 1 } END { exit bad || n != 2 }' sure.csv
expect 0 ',"accuracy":null,"curve":[{' emotionnet evaluate text1 good.csv --abstain 1 --json
check 'coverage is told without being asked for' sh -c '! "$1" evaluate text1 good.csv --json | grep coverage' - "$program"
expect 0 'not sure (nothing has 1 or more)' emotionnet predict text1 --text 'so glad' --abstain 1
expect 0 '{"label":null,"abstain":1,"sure":false,"probabilities":{"anger":' emotionnet predict text1 --text 'so glad' --abstain 1 --json
expect 0 '"abstain":0.1,"sure":true' emotionnet predict text1 --text 'so glad' --abstain 0.1 --json
expect 2 'expected' emotionnet predict text1 --text 'so glad' --abstain 1.5

# --- the mean of several models
expect 0 'test split, 4 utterances, the mean of 3 models' emotionnet evaluate text1 text2 text3 good.csv
for m in 1 2 3; do expect 0 '' emotionnet evaluate text$m good.csv --predictions said$m.csv; done
expect 0 '"models":3,' emotionnet evaluate text1 text2 text3 good.csv --predictions mean.csv --json
# mean FILE...: the last has, row by row, the mean of the others.
mean() {
	awk -F, '{ n = FNR == 1 ? ++file : file } FNR > 1 && n <= 3 { sum[FNR] += $5 / 3; each[FNR] = each[FNR] " " $5 }
		FNR > 1 && n == 4 { rows++; d = sum[FNR] - $5; if (d > 1e-6 || d < -1e-6) bad = 1; split(each[FNR], p, " "); apart += p[1] != p[2] }
		END { exit bad || rows != 4 || !apart }' "$@"
}
check 'the mean of three models is another' mean said1.csv said2.csv said3.csv mean.csv
expect 0 '"models":2' emotionnet predict text1 text2 --text 'so glad' --json
expect 0 'joy' emotionnet predict text1 text2 text3 --text 'I am so glad and happy today'
expect 2 'expected a model and a corpus' emotionnet evaluate good.csv
expect 1 'good.csv' emotionnet evaluate text1 good.csv good.csv
# the corpus may stand first
emotionnet evaluate text1 text2 good.csv --json >said
expect 0 "$(cat said)" emotionnet evaluate good.csv text1 text2 --json
# other labels, in another number or by another name; capitals are no other name
for change in 's/,anger,/,wrath,/' '/^a[1-4],/s/,anger,/,fear,/'; do
	sed "$change" good.csv >other.csv
	expect 0 '' emotionnet train other.csv $small --modalities text --out other
	expect 1 'text1 and other: their labels differ (anger, joy; ' emotionnet evaluate text1 other good.csv
	expect 1 'text1 and other: their labels differ' emotionnet predict text1 other --text glad
done
sed 's/,anger,/,Anger,/' good.csv >other.csv
expect 0 '' emotionnet train other.csv $small --modalities text --out other
expect 0 '"models":2' emotionnet evaluate text1 other good.csv --json
# words beside sound, each model with what it reads; what one of them cannot read is left out of the mean
expect 0 '"models":2' emotionnet evaluate text1 speech good.csv --json
expect 1 'text1 reads text only: it cannot be measured with speech' emotionnet evaluate speech text1 good.csv --modalities speech
head -c 44 joy.wav >empty.wav
sed '/^j11/s/joy.wav/empty.wav/' good.csv >hole.csv
expect 1 'empty.wav' emotionnet evaluate text1 speech hole.csv
expect 0 '"skipped":1' emotionnet evaluate text1 speech hole.csv --skip-bad --predictions said.csv --json
check 'the answers of both are no good' good said.csv 3
# whoever of the models knows a speaker: both count
sed 's/^\(.*\),test,s11/\1,test,s1/; s/^\(.*\),test,s12/\1,test,s9/' good.csv >leak.csv
sed 's/,s1,/,t1,/; s/,s9,/,t9,/; /,validation,/s/,t9,/,s9,/; /,train,s8,/s/s8/s9/; /,validation,s9,/s/s9/s8/' good.csv >fold.csv
expect 0 '' emotionnet train fold.csv $small --modalities speech --out fold
expect 1 'is one of those that the models were trained on (2 such speakers)' emotionnet evaluate speech fold leak.csv
expect 0 '"speaker_leak":2' emotionnet evaluate speech fold leak.csv --allow-speaker-leak --json
expect 0 '"speaker_leak":1' emotionnet evaluate speech leak.csv --allow-speaker-leak --json

# --- a model that normalises by speaker wants to hear him first
expect 0 '' emotionnet train good.csv $small --modalities speech --normalise speaker --out by
expect 0 "normalised by speaker: each speaker's own 2 clips of the split, without their labels, were read first (enrolment)" emotionnet evaluate by good.csv
expect 0 '"enrolment":{"speakers":2,"clips":[2,2],"alone":0,"reference":0,' emotionnet evaluate by good.csv --json
emotionnet evaluate speech good.csv --json >said && expect 1 '' grep enrolment said
for command in predict explain; do
	expect 1 'joy.wav: the model normalises by speaker, and one clip alone tells too little of his voice. Hint: --reference CLIP' emotionnet $command by --wav joy.wav
	expect 0 'Note: normalised by speaker: 2 reference clips and the 1 to be judged, 3.0 seconds of one speaker' emotionnet $command by --wav joy.wav --reference anger.wav other.wav
	expect 1 'speech does not normalise by speaker: clips of the speaker are of no use to it' emotionnet $command speech --wav joy.wav --reference anger.wav
	expect 1 '--reference no.wav' emotionnet $command by --wav joy.wav --reference no.wav
	expect 2 '--reference needs a CLIP...' emotionnet $command by --wav joy.wav --reference
done
expect 0 '"enrolment":{"speakers":1,"clips":[2,2],"alone":0,"reference":1,"seconds":' emotionnet predict by --wav joy.wav --reference anger.wav --json
expect 0 '"enrolment":{"speakers":1,"clips":[2,2],"alone":0,"reference":1,"seconds":' emotionnet explain by --wav joy.wav --reference anger.wav --json --out by.html
expect 0 'Its sound was normalised by speaker: 1 reference clip and the 1 to be judged' cat by.html
emotionnet explain by --wav joy.wav --reference anger.wav --out by.svg >/dev/null 2>&1
expect 0 'heard before, without their labels: 1' cat by.svg
expect 0 '"models":2,"enrolment"' emotionnet predict by speech --wav joy.wav --reference=anger.wav --json
{ head -c 44 joy.wav; head -c 32000 /dev/zero; } >silence.wav
expect 1 '--reference silence.wav: there is no voice in it' emotionnet predict by --wav joy.wav --reference silence.wav
head -c 9000 joy.wav >cut.wav
expect 1 '--reference cut.wav' emotionnet predict by --wav joy.wav --reference cut.wav
expect 1 '--reference: 1 clips of 0.28 seconds together: expected 1 seconds' emotionnet predict by --wav joy.wav --reference cut.wav --skip-bad
# one clip in a split is one alone; a corpus of one speaker may take reference clips too, with the same answer
sed '/^a11/d; /,s12,/d' good.csv >lone.csv
expect 1 'nobody in the test split has two clips by which a voice or face could be normalised' emotionnet evaluate by lone.csv
expect 0 'normalised by speaker: 2 reference clips and the 1 to be judged' emotionnet evaluate by lone.csv --reference anger.wav other.wav --predictions lone-said.csv
emotionnet predict by --wav joy.wav --reference anger.wav other.wav --json >said 2>&1
expect 0 "\"anger\":$(awk -F, 'NR == 2 { printf("%.6f", $5) }' lone-said.csv)" cat said
expect 1 '--reference: expected a split of one speaker, found "s11" and "s12"' emotionnet evaluate by good.csv --reference other.wav
# of nobody named, or alone: told, and refused where there is nobody else
sed '/^a11/s/s11//' good.csv >unnamed.csv
expect 0 'Note: 2 clips are of no named speaker, or his only one: too little to normalise' emotionnet evaluate by unnamed.csv
expect 0 '"alone":2' emotionnet evaluate by unnamed.csv --json
sed 's/,s[0-9]*,/,,/' good.csv >nobody.csv
expect 1 'nobody in the train split has two clips' emotionnet train nobody.csv $small --modalities speech --normalise speaker --out m
expect 0 '' emotionnet train nobody.csv $small --modalities text --normalise speaker --out m # no sound is read
finish
