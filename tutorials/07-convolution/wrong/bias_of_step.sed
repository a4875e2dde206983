# diagnosis: the bias has the index of the step
s/float sum = b\[o\]/float sum = b[t]/
