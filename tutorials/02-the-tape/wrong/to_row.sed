# diagnosis: the share goes to element i.
s/d_shift\[j\]/d_shift[i]/
