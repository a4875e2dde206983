# diagnosis: a p that has become 0 is replaced
s/(logf(total) - row\[targets\[i\]\] + most)/-logf(p[targets[i]] + 1e-9f)/
