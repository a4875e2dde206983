# diagnosis: the weights of the padding are not set
/w\[u\] = 0;/d;/int u = length; u/d
