# diagnosis: 0 divided by 0: a word without a frame
/^void words_mean_forward/,/^}/s/n > 0 ?/j < words[b] ?/
