# diagnosis: a row of b has `columns` numbers
s/b\[k \* columns + j\]/b[k * inner + j]/
