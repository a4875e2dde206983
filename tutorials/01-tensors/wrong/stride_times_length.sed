# diagnosis: a stride is the way to the next row already
s/k \* b_strides\[0\]/k * columns * b_strides[0]/
