# diagnosis: k runs over the columns of b
s/k < a.columns/k < b.columns/
