# diagnosis: the scale: it is multiplied by p
/^void dropout_forward/,/^}/s,x\[i\] / (1 - p),x[i] * p,
