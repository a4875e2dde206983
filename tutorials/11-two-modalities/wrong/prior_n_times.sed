# diagnosis: the prior is taken off n times
s/(float)(1 - n)/(float)-n/
