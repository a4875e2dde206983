# diagnosis: = in place of +=. What d_logits held
s/d_logits\[k \* C + c\] +=$/d_logits[k * C + c] =/
