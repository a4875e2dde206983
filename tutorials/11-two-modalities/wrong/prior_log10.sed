# diagnosis: log10 of the prior
s/logf(prior\[c\])/log10f(prior[c])/
