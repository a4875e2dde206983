# diagnosis: e to the power of a large number is infinite
s/float top = log_p\[0\]/float top = 0/;s/if (log_p\[c\] > top)/if (top > 1)/
