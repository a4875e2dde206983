# diagnosis: the scale is forgotten
s|dscore \* k\[u \* D + j\] / sqrtf((float)D)|dscore * k[u * D + j]|
