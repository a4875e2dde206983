# diagnosis: dv is divided by sqrt(D)
s/w\[u\] \* dout\[t \* D + j\];$/w[u] * dout[t * D + j] \/ sqrtf((float)D);/
