# diagnosis: the gradients of g and o go to each other
s/dz\[2\] = /dz[7] = /;s/dz\[3\] = /dz[2] = /;s/dz\[7\] = /dz[3] = /
