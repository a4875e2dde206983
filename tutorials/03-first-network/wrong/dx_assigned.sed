# diagnosis: = where += has to be: each output
s/dx\[m \* inputs + i\] +=/dx[m * inputs + i] =/
