# diagnosis: y is added to
/^void dropout_forward/,/^}/s/y\[i\] =/y[i] +=/
