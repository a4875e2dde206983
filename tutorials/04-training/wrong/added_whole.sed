# diagnosis: the gradient is added whole
s/(1 - beta1) \* g\[i\]/g[i]/
