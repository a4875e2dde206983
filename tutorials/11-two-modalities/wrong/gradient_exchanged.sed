# diagnosis: the place of a logit. It is k * C + c: each expert has C
s/d_logits\[k \* C + c\] +=$/d_logits[c * K + k] +=/
