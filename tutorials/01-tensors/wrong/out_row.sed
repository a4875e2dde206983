# diagnosis: a row of out has `columns` numbers
s/out\[i \* columns + j\]/out[i * rows + j]/
