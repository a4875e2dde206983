# diagnosis: the sign
s,\] += row,] -= row,
