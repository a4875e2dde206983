# diagnosis: overwritten instead of added
s/x->grad.data\[at\] +=/x->grad.data[at] =/
