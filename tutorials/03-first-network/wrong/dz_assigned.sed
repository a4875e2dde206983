# diagnosis: = where += has to be: what was in dz
s/dz\[m\] += /dz[m] = /
