# diagnosis: the factor is k
s/dscore \* q\[t \* D + j\]/dscore * k[u * D + j]/
