# diagnosis: the prior is taken off C - 1 times
s/(float)(1 - n)/(float)(1 - C)/
