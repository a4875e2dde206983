# diagnosis: += in place of =. log_p is computed anew
s/log_p\[c\] = (float)(1 - n)/log_p[c] += (float)(1 - n)/
