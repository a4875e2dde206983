# diagnosis: the bias has the index of the row
s/sum = b\[o\]/sum = b[m]/
