# diagnosis: the maximum goes on from the feature before
/^void max_pool_forward/,/^}/{s/^\tfor (int b = 0/\tfloat most = x[0];\n&/;s/int t = 1;/int t = 0;/;s/> x\[(b \* T + first) \* F + f\])/> most) {\n\t\t\t\t\tmost = x[(b * T + t) * F + f];/;s/first = t;/first = t;\n\t\t\t\t}/;s/= x\[(b \* T + first) \* F + f\];/= most;/}
