# diagnosis: the last frame of each word is left out: t goes
/^void words_mean_forward/,/^}/s/t < last/t < last - 1/
