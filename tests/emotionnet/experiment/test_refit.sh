#!/bin/sh
# --refit: the last training learns from both splits just as one would that had them as its training split, and for as
# many epochs as were best; its model knows the speakers of both. Resumed or not, in a comparison or alone, it is the same.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/experiment/test_refit.sh
. "$(dirname "$0")/../../support/shell.sh"
emotionnet() { "$program" "$@"; }
small='--modalities text --epochs 6 --batch 4 --min-count 1 --embed 8 --text-hidden 8 --fusion-hidden 8 --threads 2 --patience 0 --rate 0.01'

# --- what both splits teach: the words are the same in each, so that the vocabulary is too
corpus 10 6 2 >corpus.csv
sed 's/,validation,/,train,/' corpus.csv >both.csv
expect 0 'both splits' emotionnet train corpus.csv $small --refit --out refitted
cp out said
best=$(sed -n 's/.*epoch \([0-9]*\) of 6 kept.*/\1/p' said)
expect 0 "then $best on both splits" cat said
check 'one epoch tells nothing' [ "$best" -gt 1 ]
expect 0 'epochs, ' emotionnet train both.csv $small --epochs "$best" --out learnt
answers() { emotionnet evaluate "$1" corpus.csv --predictions "$1.csv" >/dev/null; }
answers refitted
answers learnt
expect 0 '' cmp refitted.csv learnt.csv
expect 0 "epoch $best of 6 kept" emotionnet train corpus.csv $small --out chosen
answers chosen
expect 1 'differ' cmp refitted.csv chosen.csv

# --- whom it knows
expect 0 'the model was trained on 2 of these speakers' emotionnet evaluate refitted corpus.csv --split validation
emotionnet evaluate chosen corpus.csv --split validation >said
expect 1 '' grep 'trained on' said
expect 0 '"n":4,' emotionnet evaluate chosen corpus.csv --split validation --json

# --- resumed, and to more epochs than at first
expect 0 "then $best on both splits" emotionnet train corpus.csv $small --refit --resume --out resumed
answers resumed
expect 0 '' cmp refitted.csv resumed.csv
expect 0 '' emotionnet train corpus.csv $small --refit --resume --quiet --epochs 2 --out later
expect 0 'later goes on after epoch 2' emotionnet train corpus.csv $small --refit --resume --out later
answers later
expect 0 '' cmp refitted.csv later.csv

# --- a cell of a comparison, and each fold's model
expect 0 'text only' emotionnet compare corpus.csv $small --refit --fusion none --plain --models models --quiet
cp models/text-only-1.safetensors cell
answers cell
expect 0 '' cmp refitted.csv cell.csv
expect 0 'then ' emotionnet train corpus.csv $small --refit --folds speaker:5 --out fold.safetensors

# --- nothing to choose by: one training
sed '/,validation,/d' corpus.csv >none.csv
expect 0 '6 epochs, training loss' emotionnet train none.csv $small --refit --out m

finish
