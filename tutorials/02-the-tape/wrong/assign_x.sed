# diagnosis: = in place of +=
s/d_x\[at\] += d_y\[at\]/d_x[at] = d_y[at]/
