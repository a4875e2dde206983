# diagnosis: the loops are exchanged
s/i < rows/i < columns/;s/j < columns/j < rows/
