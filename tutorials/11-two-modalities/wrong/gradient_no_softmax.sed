# diagnosis: the softmax term is missing
s/ - expf(log_p\[c\]) \* d_all//;s/d_all += d_log_p\[c\];/(void)log_p, (void)d_all;/
