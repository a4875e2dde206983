# diagnosis: each utterance has as many words as utterance 0
/^void words_mean_forward/,/^}/s/words\[b\]/words[0]/
