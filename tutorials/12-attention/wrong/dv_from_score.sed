# diagnosis: the factor is dscore. Values do not
s/+= w\[u\] \* dout\[t \* D + j\];/+= dscore * dout[t * D + j];/
