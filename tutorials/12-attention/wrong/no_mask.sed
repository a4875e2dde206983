# diagnosis: the padding takes part
/^void attention_forward/,/^}/s/u < length/u < T_k/;/w\[u\] = 0;/d;/int u = length; u/d
