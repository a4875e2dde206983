# diagnosis: the sign of log prior
s/(float)(1 - n)/(float)(n - 1)/
