# diagnosis: the scale is missing: what is kept
/^void dropout_forward/,/^}/s,x\[i\] / (1 - p),x[i] + 0 * p,
