# diagnosis: log10 in the last step
s/log_p\[c\] -= top + logf(total)/log_p[c] -= (top + logf(total)) \/ 2.302585f/
