# diagnosis: the two factors are added
s/\* b\[k \* columns/+ b[k * columns/
