# diagnosis: = where += has to be: what other functions
/^void max_pool_backward/,/^}/s/+=/=/
