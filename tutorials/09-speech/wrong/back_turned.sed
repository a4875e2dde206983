# diagnosis: dx is written as (B,F,T)
/^void max_pool_backward/,/^}/s/(b \* T + t) \* F + f/(b * F + f) * T + t/
