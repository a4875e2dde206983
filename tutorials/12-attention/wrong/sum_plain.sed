# diagnosis: m is the sum of dweight without the weights
s/m += w\[u\] \* /m += /
