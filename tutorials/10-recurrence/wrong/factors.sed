# diagnosis: the factors of i and f are exchanged
s/e \* g \* i \*/e * c_before[k] * i */;s/e \* c_before\[k\] \* f/e * g * f/
