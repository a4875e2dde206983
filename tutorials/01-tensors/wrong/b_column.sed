# diagnosis: only the first stride of b is used
s/ + j \* b_strides\[1\]/ + j/
