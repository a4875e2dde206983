# diagnosis: p minus something is for a loss
s/d_log_p\[c\] - expf(log_p\[c\]) \* d_all/expf(log_p[c]) - d_log_p[c] + 0 * d_all/
