# diagnosis: t and t + j are exchanged
s/dx\[(t + j) \* F + f\] += d \*/dx[t * F + f] += dy[(t + j) * O + o] */
