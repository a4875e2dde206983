# diagnosis: the bias is not added
s/float sum = bias\[r\]/float sum = (float)(0 * r)/
