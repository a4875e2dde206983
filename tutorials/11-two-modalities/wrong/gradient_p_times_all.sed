# diagnosis: p multiplies d_log_p[c], too
s/d_log_p\[c\] - expf(log_p\[c\]) \* d_all/expf(log_p[c]) * (d_log_p[c] - d_all)/
