# diagnosis: e^score is too large for a float
s/expf(w\[u\] - largest)/expf(w[u])/
