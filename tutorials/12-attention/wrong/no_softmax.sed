# diagnosis: these are the scores
/w\[u\] = expf/d;s|w\[u\] /= total|w[u] /= 1|
