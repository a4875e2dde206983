# diagnosis: the sum is kept in an int
s/float sum = bias\[r\]/int sum = (int)bias[r]/;s/sum += w_\(.*\);/sum = (int)((float)sum + w_\1);/;s/tanhf(sum)/tanhf((float)sum)/;s/expf(-sum)/expf((float)-sum)/
