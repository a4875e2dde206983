# diagnosis: out is a mean of the keys
s/w\[u\] \* v\[u \* D + j\];/w[u] * k[u * D + j];/
