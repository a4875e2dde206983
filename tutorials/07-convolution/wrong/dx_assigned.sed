# diagnosis: = where += has to be: each window replaces what the one before gave to this step
s/dx\[(t + j) \* F + f\] +=/dx[(t + j) * F + f] =/
