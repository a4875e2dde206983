# diagnosis: the sign. A logarithm
s,= losses / ,= -losses / ,
