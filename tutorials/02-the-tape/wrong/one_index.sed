# diagnosis: one index for everything
s/y\[at\] = x\[at\] \* gain\[j\] + shift\[j\]/y[at] = x[at] * gain[at] + shift[at]/
