# diagnosis: padding wins
/^void max_pool_forward/,/^}/s/t < lengths\[b\]/t < T/
