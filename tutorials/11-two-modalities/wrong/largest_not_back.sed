# diagnosis: the largest is taken out of the sum, and not put back
s/log_p\[c\] -= top + logf(total)/log_p[c] -= logf(total)/
