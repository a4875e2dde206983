# diagnosis: it is element times element
s/sum += a\[i \* inner.*/sum = a[i * columns + j] * b[i * columns + j];/
s/sum += a\[i \* a_str.*/sum = a[i * columns + j] * b[i * columns + j];/
/^.*b\[k \* b_strides.*/d
