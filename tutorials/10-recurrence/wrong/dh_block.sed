# diagnosis: for dh_before, rows and columns of w_h are exchanged
/dh_before\[m\] +=/s/r \* H + m/(q * H + m) * H + k/
