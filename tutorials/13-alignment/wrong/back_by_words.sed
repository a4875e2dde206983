# diagnosis: divided by the number of words. Forward
/^void words_mean_backward/,/^}/s/(float)(last - first)/(float)words[b]/
