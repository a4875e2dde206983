# diagnosis: all utterances get the length of the first
/^void max_pool_forward/,/^}/s/t < lengths\[b\]/t < lengths[0]/
