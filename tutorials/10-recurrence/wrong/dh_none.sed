# diagnosis: nothing is added to dh_before
/dh_before\[m\] +=/d
