# diagnosis: the logarithm of a p that has become 0
s,logf(all) - (z\[labels\[i\]\] - most) / T,-logf(p[i * C + labels[i]]),
