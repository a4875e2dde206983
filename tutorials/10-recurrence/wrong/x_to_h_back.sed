# diagnosis: the loop over x ends at H
s/j < I; j++/j < H; j++/
