# diagnosis: the sum is an int
s/float sum = 0;/int sum = 0;/
