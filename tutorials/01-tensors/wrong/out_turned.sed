# diagnosis: i and j are exchanged where out is written
s/out\[i \* columns + j\]/out[j * rows + i]/
