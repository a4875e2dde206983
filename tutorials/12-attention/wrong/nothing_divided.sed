# diagnosis: the sum of no exponentials is 0
s|w\[u\] = 0;|w[u] = 0 / total;|
