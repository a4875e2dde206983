# diagnosis: only its own d_log_p[c] is in the softmax term
s/expf(log_p\[c\]) \* d_all/expf(log_p[c]) * d_log_p[c]/
