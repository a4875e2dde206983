# diagnosis: divided by F, the numbers of a frame
/^void words_mean_forward/,/^}/s/int n = last - first/int n = F/
