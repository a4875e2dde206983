# diagnosis: that is 1 / T
s,return sqrtf(low \* high);,return 1 / sqrtf(low * high);,
