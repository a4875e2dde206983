# diagnosis: winner holds the feature
/^void max_pool_forward/,/^}/s/= first;/= f;/
