# diagnosis: the root is missing
s/sqrtf(v\[i\] \/ correct2)/v[i] \/ correct2/
