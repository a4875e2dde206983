# diagnosis: not normalised
s/log_p\[c\] -= top + logf(total)/log_p[c] -= 0 * top/
