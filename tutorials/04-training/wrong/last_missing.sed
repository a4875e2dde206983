# diagnosis: the loop ends too early
/adam_update/,$s/i < n;/i < n - 1;/
