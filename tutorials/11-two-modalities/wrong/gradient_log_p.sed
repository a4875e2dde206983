# diagnosis: log_p[c] in place of p
s/expf(log_p\[c\]) \* d_all/log_p[c] * d_all/
