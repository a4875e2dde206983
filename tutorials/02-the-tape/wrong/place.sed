# diagnosis: the place of (i,j)
s/at = i \* columns + j/at = j * rows + i/
