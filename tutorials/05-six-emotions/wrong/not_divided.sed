# diagnosis: the division by the sum is missing
s,p\[c\] /= total;,p[c] /= 1;,
