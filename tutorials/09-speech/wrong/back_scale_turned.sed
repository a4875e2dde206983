# diagnosis: the scale backward: it is multiplied by 1 - p
/^void dropout_backward/,/^}/s,dy\[i\] / (1 - p),dy[i] * (1 - p),
