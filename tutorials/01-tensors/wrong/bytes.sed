# diagnosis: a stride counts numbers, not bytes
s/k \* b_strides\[0\] + j \* b_strides\[1\]/4 * (k * b_strides[0] + j * b_strides[1])/
