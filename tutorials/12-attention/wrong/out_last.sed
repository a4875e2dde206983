# diagnosis: only the last word's value is left
/^void attention_forward/,/^}/s/out\[t \* D + j\] += w/out[t * D + j] = w/
