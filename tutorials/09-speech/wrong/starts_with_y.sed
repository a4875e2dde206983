# diagnosis: the maximum starts with what y happens to hold
/^void max_pool_forward/,/^}/{s/int first = 0;/int first = 0;\n\t\t\tfloat most = y[b * F + f];/;s/int t = 1;/int t = 0;/;s/> x\[(b \* T + first) \* F + f\])/> most) {\n\t\t\t\t\tmost = x[(b * T + t) * F + f];/;s/first = t;/first = t;\n\t\t\t\t}/;s/= x\[(b \* T + first) \* F + f\];/= most;/}
