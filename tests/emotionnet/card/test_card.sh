#!/bin/sh
# Every training leaves a card beside its model, which tells the truth; or none, where none is wanted.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/card/test_card.sh
. "$(dirname "$0")/../../support/shell.sh"
emotionnet() { "$program" "$@"; }
small='--epochs 4 --rate 0.02 --min-count 1 --quiet --embed 8 --text-hidden 8 --fusion-hidden 8 --modalities text'

# Women say what is easy to tell, men the opposite of what they mean: half of theirs in the test is wrong.
corpus 12 6 2 | awk -F, -v OFS=, 'NR == 1 { print $0, "Sex", "age", "corpus"; next }
	{ man = $3 ~ /[02468]$/; test = $2 == "test"; if (man && test) $4 = $4 == "joy" ? "anger" : "joy"
	  print $0, (man ? "male" : "female"), (man ? 64 : 20), "emodb" }' >people.csv
expect 0 '' emotionnet train people.csv $small --out m.st
expect 0 '# Model card: m.st' head -1 m.st.card.md
for part in 'Model details' 'Intended use' 'Factors' 'Metrics' 'Evaluation data' 'Training data' 'Quantitative analyses' \
	'Ethical considerations' 'Caveats and recommendations'; do
	check "the card has no part \"$part\", or several" [ "$(grep -c "^## $part\$" m.st.card.md)" = 1 ]
done
expect 0 '| Berlin EmoDB (F. Burkhardt et al., Interspeech 2005) | none stated; free to download |' cat m.st.card.md
expect 0 '| Berlin EmoDB | German | acted |' cat m.st.card.md
expect 0 '12 utterances of 6 named speakers' cat m.st.card.md
expect 0 '8 utterances; 4 named speakers, 0 of whom are in the training too' cat m.st.card.md
expect 0 '| female | 2 | 4 | 1.000 | 1.000 |' cat m.st.card.md
expect 0 'The worst served by Sex: **male**: UAR 0.000 beside 0.500 in the mean of 2.' cat m.st.card.md
expect 0 '| 60 and more | 2 | 4 | 0.000 | 0.000 |' cat m.st.card.md
expect 0 'The worst served speaker: UAR 0.000' cat m.st.card.md
check 'a speaker is named' sh -c '! grep -E "\| s(9|10|11|12) \|" m.st.card.md'
expect 0 '| 100 % | 0.500 |' sh -c "sed 's/| [0-9.]* | 100/| 100/' m.st.card.md"
uar=$(emotionnet evaluate m.st people.csv --json | sed 's/.*"uar":\([0-9.]*\).*/\1/')
check "evaluate says $uar" grep -q "| UAR | $(printf %.3f "$uar") (95 %" m.st.card.md
# where the corpus and other files lie is nobody's business
printf 'glad 1 2\nfurious 2 1\n' >words.txt
expect 0 '' emotionnet train "$PWD/people.csv" $small --embed 2 --vectors "$PWD/words.txt" --out p.st
check 'the card says where the corpus lies' sh -c '! grep -F "$1" p.st.card.md' - "$PWD"
expect 0 'The test split of people.csv: 8 utterances' cat p.st.card.md
expect 0 '    --vectors words.txt' cat p.st.card.md
# nobody named: no speaker to be told, and other utterances in place of other speakers
awk -F, -v OFS=, '{ if (NR > 1) $3 = ""; print }' people.csv >nobody.csv
expect 0 '' emotionnet train nobody.csv $small --out n.st
expect 0 'Who speaks: not measured: no speaker is named' cat n.st.card.md
expect 0 'had other utterances been recorded' emotionnet leak n.st nobody.csv
expect 0 'Who was in the training: not measured' emotionnet leak m.st nobody.csv

check 'acted speech is taken for made' sh -c '! grep "of people its answers say nothing" m.st.card.md'
expect 0 '' emotionnet stage --out made --train 24 --validation 12 --test 12
expect 0 '' emotionnet train made/corpus.csv $small --out made.st
expect 0 'of people its answers say nothing' cat made.st.card.md

# the same training, the same card; another place, the same too
mkdir elsewhere
expect 0 '' emotionnet train people.csv $small --threads 1 --out elsewhere/m.st
check 'the same training has another card' cmp m.st.card.md elsewhere/m.st.card.md
rm m.st.card.md
expect 0 '' emotionnet train people.csv $small --no-card --out m.st
check '--no-card leaves one' [ ! -e m.st.card.md ]
# going on, and folds
expect 0 '' emotionnet train people.csv $small --resume --out r.st
check 'a training that goes on has no card' [ -s r.st.card.md ]
expect 0 '' emotionnet train people.csv $small --folds speaker:3 --out f.st
for fold in 1 2 3; do
	check "fold $fold has no card" [ -s f.fold$fold.st.card.md ]
done
mkdir g.fold3.st.card.md
expect 1 'g.fold3.st.card.md' emotionnet train people.csv $small --folds speaker:3 --out g.st
check 'a card that cannot be written is found before the first training' [ ! -e g.fold1.st ]

# little is known: it says so
corpus 8 6 0 | sed 's/,s[0-9]*,/,,/' >own.csv
expect 0 '' emotionnet train own.csv $small --out own.st
expect 0 "| a manifest of one's own | not stated | Whoever made it knows" cat own.st.card.md
expect 0 'The manifest names no speakers' cat own.st.card.md
corpus 6 6 0 >all.csv
expect 0 '' emotionnet train all.csv $small --out all.st
expect 0 'None: the corpus has neither a test nor a validation split.' cat all.st.card.md
expect 0 '* Nothing was measured' cat all.st.card.md
corpus 8 6 2 >valid.csv
expect 0 '' emotionnet train valid.csv $small --out valid.st
expect 0 'There is no test split: this one chose the epoch' cat valid.st.card.md

# names are no marks and no tags
corpus 12 6 2 | sed 's/,joy,/,joy|<b>*x*,/' >marks.csv
expect 0 '' emotionnet train marks.csv $small --out marks.st
expect 0 '| joy\|\<b\>\*x\* | 6 |' cat marks.st.card.md

# all or nothing: where it cannot be written, that is told before the training
mkdir full.st.card.md
expect 1 'full.st.card.md' emotionnet train people.csv $small --out full.st
check 'it is told when the training is over' [ ! -e full.st ]
check 'something is left beside it' [ "$(find . -name '*.tmp-*' | wc -l)" = 0 ]
[ ! -c /dev/full ] || expect 1 '/dev/full' emotionnet train people.csv $small --out /dev/full
check 'a device has a card' [ ! -e /dev/full.card.md ]
finish
