# diagnosis: o gets the gradient of c
s/dz\[3\] = dh\[k\]/dz[3] = e/
