# diagnosis: the largest is taken out, and not put back
s/log_p\[c\] -= top + logf(total)/log_p[c] -= logf(total)/
