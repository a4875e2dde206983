# diagnosis: all shares are added to the first row
s/d_logits\[k \* C + c\] +=$/d_logits[c] +=/
