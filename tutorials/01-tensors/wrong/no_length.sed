# diagnosis: a row index has to be multiplied
s/a\[i \* inner + k\] \* b\[k \* columns + j\]/a[i + k] * b[k + j]/
