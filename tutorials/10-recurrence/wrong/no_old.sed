# diagnosis: the old cell is missing in c
s/c\[k\] = f \* c_before\[k\] + i \* g/c[k] = 0 * f + i * g/
