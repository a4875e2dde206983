# diagnosis: the sign of the softmax term
s/ - expf(log_p\[c\]) \* d_all/ + expf(log_p[c]) * d_all/
