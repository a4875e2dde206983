# diagnosis: frame `end` is taken, too
/^void words_mean_forward/,/^}/{s/t < last/t <= last/;s/int n = last - first/& + 1/;s/last = first;/last = first - 1;/}
