# diagnosis: the loop over x ends at H
s/f < I; f++/f < H; f++/
