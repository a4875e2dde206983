# diagnosis: the probabilities are divided by T
s,(z\[c\] - most) / T,z[c] - most,
s,\] /= all,] /= all * T,
