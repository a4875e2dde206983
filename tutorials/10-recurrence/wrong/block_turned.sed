# diagnosis: in w_h rows and columns are exchanged
/sum += w_h/s/r \* H + m/(r \/ H * H + m) * H + r % H/
