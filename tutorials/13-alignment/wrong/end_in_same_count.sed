# diagnosis: frame `end` is added, too
/^void words_mean_forward/,/^}/s/t < last/t <= last/
