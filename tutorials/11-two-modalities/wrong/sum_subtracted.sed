# diagnosis: the sum of all e^(log_p) is subtracted
s/log_p\[c\] -= top + logf(total)/log_p[c] -= expf(top) * total/
