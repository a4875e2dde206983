# diagnosis: log2 in the last step
s/log_p\[c\] -= top + logf(total)/log_p[c] -= (top + logf(total)) \/ 0.6931472f/
