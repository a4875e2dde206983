# diagnosis: g is not squared in v
s/(1 - beta2) \* g\[i\] \* g\[i\]/(1 - beta2) * g[i]/
