# diagnosis: nothing is added to dx
/dx\[j\] +=/d
