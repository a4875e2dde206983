# diagnosis: the sum is not divided
s/return sum \/ (float)rows/return sum/
