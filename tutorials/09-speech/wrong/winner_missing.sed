# diagnosis: winner is not written
/^void max_pool_forward/,/^}/s/winner\[b \* F + f\] = first;/(void)winner;/
