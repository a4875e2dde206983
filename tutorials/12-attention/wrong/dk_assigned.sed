# diagnosis: = where += has to be: each query replaces what the query before gave to this key
s/dk\[u \* D + j\] +=/dk[u * D + j] =/
