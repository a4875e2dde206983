# diagnosis: the padding is left as it was
/^void words_mean_forward/,/^}/s/j < U; j++/j < words[b]; j++/
