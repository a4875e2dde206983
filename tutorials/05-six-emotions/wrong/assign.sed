# diagnosis: = in place of +=. What d_logits held
s/d_logits\[i \* C + c\] += /d_logits[i * C + c] = /
