# diagnosis: the brackets in the index of x
s/sum += x\[(t + j) \* F + f\]/sum += x[t + j * F + f]/
