# diagnosis: winner is counted from 1
/^void max_pool_forward/,/^}/s/= first;/= first + 1;/
