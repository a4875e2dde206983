# diagnosis: a_strides[0] and a_strides[1] are exchanged
s/i \* a_strides\[0\] + k \* a_strides\[1\]/i * a_strides[1] + k * a_strides[0]/
