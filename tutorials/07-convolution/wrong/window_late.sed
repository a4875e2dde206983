# diagnosis: the window begins one step late
s/sum += x\[(t + j) \* F/sum += x[(t + j + 1) * F/
