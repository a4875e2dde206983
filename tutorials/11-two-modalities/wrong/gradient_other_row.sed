# diagnosis: d_log_p[k * C + c]. d_log_p has one row
s/d_log_p\[c\] - expf(log_p/d_log_p[k * C + c] - expf(log_p/
