# diagnosis: dw_x is set
s/dw_x\[r \* I + j\] +=/dw_x[r * I + j] =/
