# diagnosis: the logarithm of each bin is added up
s/sum = least/sum = 0/;s/\* (re\[k\] \* re\[k\] + im\[k\] \* im\[k\])/* logf(re[k] * re[k] + im[k] * im[k] + least)/;s/= logf(sum)/= sum/
