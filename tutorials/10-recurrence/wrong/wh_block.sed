# diagnosis: in dw_h rows and columns are exchanged
s/dw_h\[r \* H + m\] +=/dw_h[(q * H + m) * H + k] +=/
