# diagnosis: the bias is missing in z
s/real z = bias;/real z = 0;/
