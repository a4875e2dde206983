# diagnosis: the mask is turned round: keep
/^void dropout_forward/,/^}/s/= keep/= !keep/
