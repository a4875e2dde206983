# diagnosis: winner holds an index into x
/^void max_pool_forward/,/^}/s/= first;/= (b * T + first) * F + f;/
