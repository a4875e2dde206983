# diagnosis: w moves along the gradient
s/w\[i\] -= rate \* velocity\[i\]/w[i] -= rate * g[i]/
