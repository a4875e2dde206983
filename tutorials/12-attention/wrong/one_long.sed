# diagnosis: one step of padding is counted as a word
/^void attention_forward/,/^}/s/int u = 0; u < length/int u = 0; u <= length/
