# diagnosis: divided by T, all frames of the utterance
/^void words_mean_forward/,/^}/s/int n = last - first/int n = T/
