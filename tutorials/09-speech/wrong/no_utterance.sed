# diagnosis: the index of x has no b
/^void max_pool_forward/,/^}/s/b \* T + //g
