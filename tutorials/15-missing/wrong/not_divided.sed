# diagnosis: the powers of e are not divided by their sum
s,p\[i \* C + c\] /= all,p[i * C + c] /= 1,
