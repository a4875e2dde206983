# diagnosis: the loop over t ends one too late
/^void max_pool_forward/,/^}/s/t < lengths\[b\]/t <= lengths[b]/
