# diagnosis: i, f and o went through tanh
s/r \/ H == 2/r \/ H < 4/
