# diagnosis: the strides of b are not used
s/k \* b_strides\[0\] + j \* b_strides\[1\]/k * columns + j/
