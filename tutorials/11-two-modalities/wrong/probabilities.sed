# diagnosis: these are probabilities
s/log_p\[c\] -= top + logf(total)/log_p[c] = expf(log_p[c] - top) \/ total/
