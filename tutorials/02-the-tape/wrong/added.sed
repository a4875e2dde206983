# diagnosis: += in place of =. y is computed anew
s/y\[at\] = x/y[at] += x/
