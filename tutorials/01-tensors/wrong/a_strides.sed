# diagnosis: the strides of a are not used
s/i \* a_strides\[0\] + k \* a_strides\[1\]/i * inner + k/
