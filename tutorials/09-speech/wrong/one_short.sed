# diagnosis: the last frame is not looked at
/^void max_pool_forward/,/^}/s/t < lengths\[b\]/t < lengths[b] - 1/
