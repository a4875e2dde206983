# diagnosis: = for +=: only the last term
s/sum += a\[i \* inner/sum = a[i * inner/
