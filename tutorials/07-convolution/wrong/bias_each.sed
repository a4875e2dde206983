# diagnosis: the bias is added for every term
s/float sum = b\[o\]/float sum = 0/
/sum += x/,/;/s/;/ + b[o];/
