# diagnosis: y is written as (O,T-k+1)
s/y\[t \* O + o\] = /y[o * (T - k + 1) + t] = /
