# diagnosis: = for +=: only the last term
s/sum += a.data/sum = a.data/
