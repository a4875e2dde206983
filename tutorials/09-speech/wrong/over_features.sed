# diagnosis: the maximum is taken over features
/^void max_pool_forward/,/^}/{s/t < lengths\[b\]/t < F \&\& lengths[b] > 0/;s/(b \* T + t) \* F + f/(b * T + f) * F + t/;s/(b \* T + first) \* F + f/(b * T + f) * F + first/g}
