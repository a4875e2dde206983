# diagnosis: what is subtracted is much larger
s/float top = log_p\[0\]/float top = 0/;s/int c = 1; c < C/int c = 0; c < C/
