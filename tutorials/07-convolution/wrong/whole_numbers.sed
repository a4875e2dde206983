# diagnosis: all numbers are whole
s/float sum = b\[o\]/int sum = (int)b[o]/;s/sum += x/sum += (int)x/;s/= sum;/= (float)sum;/
