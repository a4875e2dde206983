# diagnosis: the lengths of the rows
s/a\[i \* inner/a[i * rows/
s/b\[k \* columns/b[k * inner/
