# diagnosis: the sign
s/shift->grad.data\[j\] -=/shift->grad.data[j] +=/
