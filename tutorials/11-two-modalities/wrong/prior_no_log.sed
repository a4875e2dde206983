# diagnosis: the prior itself is subtracted
s/logf(prior\[c\])/prior[c]/
