# diagnosis: the place of p
s/d_z = probabilities\[i \* C + c\]/d_z = probabilities[c * N + i]/
