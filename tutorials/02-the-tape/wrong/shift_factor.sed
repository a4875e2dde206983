# diagnosis: a factor too many
s/d_shift\[j\] += d_y\[at\]/d_shift[j] += d_y[at] * x[at]/
