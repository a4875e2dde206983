# diagnosis: dbias is set
s/dbias\[r\] +=/dbias[r] =/
