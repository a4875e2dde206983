# diagnosis: without any expert the answer is the prior
s/log_p\[c\] = (float)(1 - n)/log_p[c] = (float)(n ? 1 - n : 0)/
