# diagnosis: frame `end` gets a share, too
/^void words_mean_backward/,/^}/s/t < last/t <= last/
