# diagnosis: g went through the sigmoid
s/r \/ H == 2/r \/ H == 4/
