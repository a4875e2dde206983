# diagnosis: the words of another utterance: there is room
/^void words_mean_forward/,/^}/s/begins\[b \* U + j\], last = ends\[b \* U + j\]/begins[b * words[b] + j], last = ends[b * words[b] + j]/
