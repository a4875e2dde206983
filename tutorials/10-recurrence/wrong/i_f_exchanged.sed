# diagnosis: i and f are exchanged in c
s/c\[k\] = f \* c_before\[k\] + i \* g/c[k] = i * c_before[k] + f * g/
