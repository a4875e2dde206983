# diagnosis: k runs over the columns of b
s/k < inner/k < columns/
