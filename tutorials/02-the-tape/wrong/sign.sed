# diagnosis: the sign. The share is subtracted
s/d_shift\[j\] += /d_shift[j] -= /
