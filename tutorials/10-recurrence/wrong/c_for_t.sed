# diagnosis: c stands where tanh(c) has to be
s/t = tanhf(c\[k\])/t = c[k]/
