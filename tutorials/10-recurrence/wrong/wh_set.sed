# diagnosis: dw_h is set
s/dw_h\[r \* H + m\] +=/dw_h[r * H + m] =/
