# diagnosis: the prior is not taken off
s/(float)(1 - n) \* logf(prior\[c\])/0 * prior[c]/
