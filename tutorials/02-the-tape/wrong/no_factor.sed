# diagnosis: the factor is missing. The derivative of x gain with respect to x is gain
s/d_x\[at\] += d_y\[at\] \* gain\[j\]/d_x[at] += d_y[at]/
