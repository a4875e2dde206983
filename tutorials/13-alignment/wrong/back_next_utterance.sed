# diagnosis: the words of another utterance: there is room
/^void words_mean_backward/,/^}/s/b \* U + j\], last = ends\[b \* U + j\]/b * words[b] + j], last = ends[b * words[b] + j]/
