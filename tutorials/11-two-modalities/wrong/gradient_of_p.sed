# diagnosis: p (1 - p) is the derivative of p
s/d_log_p\[c\] - expf(log_p\[c\]) \* d_all/expf(log_p[c]) * (1 - expf(log_p[c])) * d_log_p[c] + 0 * d_all/
