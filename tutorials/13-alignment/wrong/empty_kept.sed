# diagnosis: a word without a frame is left as it was
/^void words_mean_forward/,/^}/s/^\t*float sum = 0;/if (first == last \&\& j < words[b])\ncontinue;\n&/
