# diagnosis: only the first utterance is done
/^void max_pool_forward/,/^}/s/b < B;/b < 1 \&\& b < B;/
