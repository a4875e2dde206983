# diagnosis: = in place of +=
s,\] += row,] = row,
