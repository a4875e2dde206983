# diagnosis: i and k are exchanged where a is read
s/a\[i \* inner + k\]/a[k * inner + i]/
