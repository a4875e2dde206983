# diagnosis: = where += has to be in dx
s/dx\[j\] +=/dx[j] =/
