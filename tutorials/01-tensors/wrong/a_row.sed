# diagnosis: a row of a has `inner` numbers
s/a\[i \* inner + k\]/a[i * columns + k]/
