# diagnosis: b_strides[0] and b_strides[1] are exchanged
s/k \* b_strides\[0\] + j \* b_strides\[1\]/k * b_strides[1] + j * b_strides[0]/
