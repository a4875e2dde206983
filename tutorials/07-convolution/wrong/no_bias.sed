# diagnosis: the bias is not added
s/float sum = b\[o\]/float sum = (float)(0 * o)/
