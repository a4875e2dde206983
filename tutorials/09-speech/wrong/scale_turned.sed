# diagnosis: the scale: it is multiplied by 1 - p
/^void dropout_forward/,/^}/s,x\[i\] / (1 - p),x[i] * (1 - p),
