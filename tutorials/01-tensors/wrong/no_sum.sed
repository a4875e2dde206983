# diagnosis: there is no sum over k
s/sum += a\[i \* inner.*/sum = a[i * inner + j] * b[i * columns + j];/
