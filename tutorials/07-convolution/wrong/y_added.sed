# diagnosis: y is added to
s/y\[t \* O + o\] = /y[t * O + o] += /
