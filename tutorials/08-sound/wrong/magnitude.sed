# diagnosis: the magnitude instead of the power
s/(re\[k\] \* re\[k\] + im\[k\] \* im\[k\])/sqrtf(re[k] * re[k] + im[k] * im[k])/
