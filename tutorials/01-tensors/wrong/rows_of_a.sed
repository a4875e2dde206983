# diagnosis: k runs over the rows of a
s/k < inner/k < rows/
