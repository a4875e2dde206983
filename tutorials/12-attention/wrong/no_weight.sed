# diagnosis: dscore lacks its weight
s/w\[u\] \* (dweight - m)/dweight - m/
