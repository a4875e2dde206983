# diagnosis: the correction is made after the root
s/sqrtf(v\[i\] \/ correct2)/sqrtf(v[i]) \/ correct2/
