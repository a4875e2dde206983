# diagnosis: m is divided by its correction for good
s/^\(.*\)m\[i\] = beta1 \* m\[i\] + (1 - beta1) \* g\[i\];/\1m[i] = (beta1 * m[i] + (1 - beta1) * g[i]) \/ correct1;/;s/(m\[i\] \/ correct1)/m[i]/
