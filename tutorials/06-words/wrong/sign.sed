# diagnosis: the sign: gradients are added
s/\] += d_out/] -= d_out/
