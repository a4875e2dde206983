# diagnosis: this is the mean of all frames
/^void words_mean_forward/,/^}/{s/int t = first; t < last/int t = 0; t < T/;s/n > 0 ? sum \/ (float)n : 0/j < words[b] ? sum \/ (float)T : 0/;s/int n = .*//}
