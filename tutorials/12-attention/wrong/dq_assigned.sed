# diagnosis: = where += has to be: each key replaces
s/dq\[t \* D + j\] +=/dq[t * D + j] =/
