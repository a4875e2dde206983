# diagnosis: only the last term of a sum is left
s/sum += w_/sum = w_/
