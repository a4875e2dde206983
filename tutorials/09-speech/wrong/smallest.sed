# diagnosis: that is the smallest
/^void max_pool_forward/,/^}/s/f\] > x\[/f] < x[/
