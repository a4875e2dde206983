# diagnosis: the filter is flipped: its last tap
s/sum += x\[(t + j) \* F/sum += x[(t + k - 1 - j) * F/
