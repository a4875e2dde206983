#!/bin/sh
# What names its speaker is found to name him, what does not is not; and who was in the training.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/card/test_leak.sh
. "$(dirname "$0")/../../support/shell.sh"
emotionnet() { "$program" "$@"; }

# Eight speakers say four sentences in two emotions. A face is three numbers: the first two are the
# speaker's own, a place on a circle, the third the emotion's, with a little noise.
awk 'BEGIN {
	print "id,speaker,label,text,split" >"table.csv"
	print "id,across,up,shows" >"named.csv"
	print "id,shows" >"nameless.csv"
	noise = 7
	for (s = 0; s < 8; s++) for (t = 0; t < 4; t++) for (e = 0; e < 2; e++) for (r = 0; r < 2; r++) {
		id = s "-" t "-" e "-" r
		noise = (noise * 1103 + 12345) % 65536; a = noise / 65536 - 0.5
		noise = (noise * 1103 + 12345) % 65536; b = noise / 65536 - 0.5
		print id ",s" s "," (e ? "joy" : "anger") ",sentence number " t "," (s < 5 ? "train" : s < 6 ? "validation" : "test") >"table.csv"
		print id "," cos(s * 0.785) + a / 4 "," sin(s * 0.785) "," e + b / 2 >"named.csv"
		print id "," e + b / 2 >"nameless.csv"
	}
}'
small='--modalities face --epochs 6 --rate 0.02 --quiet --face-hidden 8 --fusion-hidden 8'
for what in named nameless; do
	expect 0 '' sh -c '"$1" import table table.csv --face $2.csv --arrays . >$2-corpus.csv' - "$program" $what
	expect 0 '' emotionnet train $what-corpus.csv $small --out $what
	expect 0 'Who speaks: 8 speakers, 128 utterances' emotionnet leak $what $what-corpus.csv
	expect 0 'half of the 4 sentences' emotionnet leak $what $what-corpus.csv
	emotionnet leak $what $what-corpus.csv --json >$what.json
done
# figure FILE ROW KEY: a number of a row of vectors.
figure() { tr '{' '\n' <"$1" | grep '"modality"' | sed -n "$2p" | tr ',}' '\n\n' | sed -n "s/^\"$3\"://p"; }
# between LOW HIGH NUMBER
between() { awk -v low="$1" -v high="$2" -v x="$3" 'BEGIN { exit !(x != "" && x >= low && x <= high) }'; }
check 'a number for each speaker does not name him' between 0.95 1 "$(figure named.json 1 speaker)"
check 'levelled, it still names him' between 0 0.3 "$(figure named.json 1 speaker_levelled)"
check 'the emotion alone names the speaker' between 0 0.4 "$(figure nameless.json 1 speaker)"
check 'a number for each emotion does not tell it' between 0.9 1 "$(figure named.json 1 emotion_uar)"
check 'levelled, the emotion is gone' between 0.9 1 "$(figure named.json 1 emotion_uar_levelled)"
check 'the chance of eight speakers is not an eighth' between 0.125 0.125 "$(figure named.json 1 chance)"
expect 0 '"encoded":true,"numbers":8,' cat named.json
expect 0 '"membership":{"train":80,"test":32,"auc":0.' cat named.json
emotionnet leak named named-corpus.csv --json --threads 1 >one.json
check 'the figures depend on the threads' cmp named.json one.json
expect 0 'Who speaks: 8 speakers, 64 utterances' emotionnet leak named named-corpus.csv --max 64

# the report has it where models are kept, and nothing of it where they are gone
expect 0 '' emotionnet compare named-corpus.csv $small --fusion middle,late --plain --results r.jsonl --report r.html
expect 0 '<h2 id="leak">Who speaks' cat r.html
expect 0 'emotion, normalised' cat r.html
expect 0 'face, by its encoder</th>' cat r.html
expect 0 'half of the sentences and is tested' cat r.html
expect 0 'of 80 and 32 utterances' cat r.html
rm -r r.models
expect 0 '' emotionnet compare --merge r.jsonl --report bare.html
check 'a leak is told that nobody measured' sh -c '! grep "id=.leak" bare.html'

# another corpus has no training to be in, one speaker no other to be taken for
sed 's/,s\([0-9]\),/,t\1,/' named-corpus.csv >others.csv
expect 0 'Who was in the training: not measured' emotionnet leak named others.csv
expect 0 '"membership":null}' emotionnet leak named others.csv --json
sed 's/,s[0-9],/,one,/; s/,[a-z]*,one/,test,one/' named-corpus.csv >one.csv
expect 0 'Who speaks: not measured: only one speaker' emotionnet leak named one.csv
sed 's/,s[0-9],/,,/; s/,[a-z]*,,/,test,,/' named-corpus.csv >nobody.csv
expect 0 '"why":"no speaker is named' emotionnet leak named nobody.csv --json
# sentences that only one says: halves of each one's utterances
awk -F, -v OFS=, 'NR > 1 { $5 = $5 " of " $1 } { print }' named-corpus.csv >own.csv
expect 0 "half of each speaker's utterances" emotionnet leak named own.csv
expect 2 'expected a model and a corpus' emotionnet leak named
expect 1 'nowhere' emotionnet leak nowhere named-corpus.csv
finish
