# diagnosis: the sign. The gradient
s/float e = dc\[k\] +\(.*\);/float e = -dc[k] -\1;/;s/dz\[3\] = dh/dz[3] = -dh/
