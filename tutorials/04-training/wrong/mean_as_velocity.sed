# diagnosis: the gradient is multiplied by 1 - momentum
s/velocity\[i\] + g\[i\]/velocity[i] + (1 - momentum) * g[i]/
