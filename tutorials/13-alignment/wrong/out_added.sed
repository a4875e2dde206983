# diagnosis: out is added to
/^void words_mean_forward/,/^}/s/\* F + f\] = n/* F + f] += n/
