# diagnosis: row t of out begins at t * count
s/out\[t \* width + e\] = /out[t * count + e] = /
