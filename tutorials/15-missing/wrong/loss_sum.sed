# diagnosis: the sum over the rows. It is the mean
s,total / (float)N;,total;,
