# diagnosis: all taps read the same step t
s/sum += x\[(t + j) \* F/sum += x[t * F/
