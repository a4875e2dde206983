# diagnosis: the windows do not overlap
s/sum += x\[(t + j) \* F/sum += x[(t * k + j) * F/
