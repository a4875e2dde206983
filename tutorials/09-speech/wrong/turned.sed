# diagnosis: x is read as (B,F,T)
/^void max_pool_forward/,/^}/{s/(b \* T + t) \* F + f/(b * F + f) * T + t/;s/(b \* T + first) \* F + f/(b * F + f) * T + first/g}
