# diagnosis: the angle is divided by n/2
s/(float)k \/ (float)n;/(float)k \/ (float)half;/
