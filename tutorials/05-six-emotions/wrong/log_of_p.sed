# diagnosis: the logarithm of a p that has become 0
s/(logf(total) - row\[targets\[i\]\] + most)/-logf(p[targets[i]])/
