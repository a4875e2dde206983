# diagnosis: k and j are exchanged where b is read
s/b\[k \* columns + j\]/b[j * columns + k]/
