# diagnosis: t and ids[t] are exchanged. out has
s/out\[t \* width + e\] = .*/out[ids[t] * width + e] = table[t * width + e];/
