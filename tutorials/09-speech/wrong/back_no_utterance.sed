# diagnosis: the index of dx has no b
/^void max_pool_backward/,/^}/s/(b \* T + t) \* F/t * F + 0 * T/
