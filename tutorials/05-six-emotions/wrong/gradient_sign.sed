# diagnosis: the sign. It is p - y
s/d_z = probabilities\[i \* C + c\] - y/d_z = y - probabilities[i * C + c]/
