# diagnosis: d_y is missing
s/d_gain\[j\] += d_y\[at\] \* x\[at\]/d_gain[j] += x[at]/
