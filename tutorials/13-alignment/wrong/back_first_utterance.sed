# diagnosis: everything goes to the frames of utterance 0
/^void words_mean_backward/,/^}/s/d_frames\[(b \* T + t)/d_frames[(t)/
