# diagnosis: the prior is taken off K - 1 times
s/(float)(1 - n)/(float)(1 - K)/
