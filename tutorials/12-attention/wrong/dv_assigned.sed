# diagnosis: = where += has to be: each query replaces what the query before gave to this value
s/dv\[u \* D + j\] +=/dv[u * D + j] =/
