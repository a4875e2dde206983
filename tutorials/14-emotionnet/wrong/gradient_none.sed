# diagnosis: nothing is added to the gradient
s,\] += row,] += 0 * row,
