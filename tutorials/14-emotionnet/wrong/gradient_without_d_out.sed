# diagnosis: d_out is not used
s,+= row\[i\] \*,+= (row ? 1 : 0) *,
