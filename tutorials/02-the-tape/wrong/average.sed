# diagnosis: divided by the number of rows
s/d_gain\[j\] += d_y\[at\] \* x\[at\]/d_gain[j] += d_y[at] * x[at] \/ (float)rows/
