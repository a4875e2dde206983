# diagnosis: out is added to
s/out\[t \* width + e\] = /out[t * width + e] += /
