# diagnosis: winner is taken for an index into dx
/^void max_pool_backward/,/^}/s/dx\[(b \* T + t) \* F + f\]/dx[t + 0 * T]/
