# diagnosis: divided by the number of words. Divide
/^void words_mean_forward/,/^}/s/int n = last - first/int n = words[b]/
