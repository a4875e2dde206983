# diagnosis: of equal numbers the last one wins
/^void max_pool_forward/,/^}/s/f\] > x\[/f] >= x[/
