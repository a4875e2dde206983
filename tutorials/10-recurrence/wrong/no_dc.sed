# diagnosis: dc does not reach the cell
s/float e = dc\[k\] +/float e =/
