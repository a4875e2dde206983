# diagnosis: the mask comes after the softmax
/^void attention_forward/,/w\[u\] \/= total/s/u < length/u < T_k/
