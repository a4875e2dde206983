# diagnosis: padding is read as words. Utterance b has words[b] words; the places
/^void words_mean_forward/,/^}/s/j >= words\[b\]/j >= U/
