# diagnosis: the old velocity is forgotten
s/velocity\[i\] = momentum \* velocity\[i\] + g\[i\]/velocity[i] = g[i]/
