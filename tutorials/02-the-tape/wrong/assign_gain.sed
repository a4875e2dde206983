# diagnosis: = in place of +=
s/d_gain\[j\] += d_y\[at\]/d_gain[j] = d_y[at]/
