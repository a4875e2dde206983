# diagnosis: h is made from the old cell
s/h\[k\] = o \* tanhf(c\[k\])/h[k] = o * tanhf(c_before[k])/
