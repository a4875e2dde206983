# diagnosis: the last word is left out: the loop over keys ends
/^void attention_forward/,/^}/s/int u = 0; u < length/int u = 0; u < length - 1/
