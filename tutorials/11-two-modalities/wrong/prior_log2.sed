# diagnosis: log2 of the prior
s/logf(prior\[c\])/log2f(prior[c])/
