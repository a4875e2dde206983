# diagnosis: these are the exponentials
/w\[u\] \/= total/s/= total/= 1/
