# diagnosis: two samples are right, four are not
s/(float)k \/ (float)n;/(float)k \/ (float)(n - 1);/
