# diagnosis: x is read as (F,T)
s/sum += x\[(t + j) \* F + f\]/sum += x[f * T + t + j]/
