# diagnosis: = where += has to be: each row
s/dw\[o \* inputs + i\] +=/dw[o * inputs + i] =/
