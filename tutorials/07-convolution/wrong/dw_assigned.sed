# diagnosis: = where += has to be: each window replaces what the one before gave to this weight
s/dw\[(o \* F + f) \* k + j\] +=/dw[(o * F + f) * k + j] =/
