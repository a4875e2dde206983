# diagnosis: the tanh is missing in h
s/h\[k\] = o \* tanhf(c\[k\])/h[k] = o * c[k]/
