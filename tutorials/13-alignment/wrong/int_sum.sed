# diagnosis: the sum is kept in an int
/^void words_mean_forward/,/^}/{s/float sum = 0/int sum = 0/;s/sum += frames\(.*\);/sum += (int)frames\1;/;s/sum \/ (float)n/(float)sum \/ (float)n/}
