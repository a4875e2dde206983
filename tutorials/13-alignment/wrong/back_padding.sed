# diagnosis: padding is read as words. Utterance b has words[b] words, and
/^void words_mean_backward/,/^}/s/j < words\[b\]/j < U/
