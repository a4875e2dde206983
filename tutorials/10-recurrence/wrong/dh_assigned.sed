# diagnosis: = where += has to be in dh_before
s/dh_before\[m\] +=/dh_before[m] =/
