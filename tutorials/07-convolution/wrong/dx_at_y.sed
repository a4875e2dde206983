# diagnosis: everything goes to step t, which is the place of y
s/dx\[(t + j) \* F + f\] +=/dx[t * F + f] +=/
