# diagnosis: the gradient is not divided
/^void words_mean_backward/,/^}/s/ \/ n;/;/;s/float n = .*//
