# diagnosis: divided by the number of experts. The logits
s/d_log_p\[c\] - expf(log_p\[c\]) \* d_all/(&) \/ (float)K/
