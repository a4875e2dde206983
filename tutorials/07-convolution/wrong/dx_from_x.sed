# diagnosis: the factor is x
/dx\[/s/w\[(o \* F + f) \* k + j\]/x[(t + j) * F + f]/
