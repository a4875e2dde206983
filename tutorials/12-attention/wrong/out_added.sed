# diagnosis: out is added to
/out\[t \* D + j\] = 0;/d
