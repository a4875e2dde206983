# diagnosis: all frames get a share
/^void words_mean_backward/,/^}/s/int t = first; t < last/int t = 0; t < T/
