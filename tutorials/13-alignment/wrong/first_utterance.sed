# diagnosis: all words read the frames of utterance 0
/^void words_mean_forward/,/^}/s/frames\[(b \* T + t)/frames[(t)/
