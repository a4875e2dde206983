# diagnosis: the bins are spaced by the number of bins
s/(float)k \* rate \/ (float)n/(float)k * rate \/ 2 \/ (float)(n \/ 2 + 1)/
