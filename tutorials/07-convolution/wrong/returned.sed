# diagnosis: only y(0,0) is computed
s/^\(\t*\)y\[t \* O + o\] = sum;/&\n\1return;/
