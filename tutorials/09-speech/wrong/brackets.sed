# diagnosis: the brackets: x / 1 - p
/^void dropout_forward/,/^}/s,(1 - p),1 - p,
