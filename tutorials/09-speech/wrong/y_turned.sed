# diagnosis: y is written as (F,B)
/^void max_pool_forward/,/^}/{s/y\[b \* F + f\]/y[f * B + b]/;s/winner\[b \* F + f\]/winner[f * B + b]/}
