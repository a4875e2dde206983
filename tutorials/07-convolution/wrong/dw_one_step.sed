# diagnosis: all taps read step t of x
/dw\[/s/x\[(t + j) \* F + f\]/x[t * F + f]/
