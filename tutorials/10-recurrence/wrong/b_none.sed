# diagnosis: nothing is added to dbias
/dbias\[r\] +=/d
