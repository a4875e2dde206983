# diagnosis: the forget gate is multiplied by the new c
s/e \* c_before\[k\] \* f/e * c[k] * f/
