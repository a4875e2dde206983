# diagnosis: the correction of v is missing
s/v\[i\] \/ correct2/v[i]/
