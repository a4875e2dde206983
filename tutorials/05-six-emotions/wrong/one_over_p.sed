# diagnosis: -1/p, the derivative with respect to p
s,d_z = probabilities\[i \* C + c\] - y,d_z = -y / probabilities[i * C + c],
