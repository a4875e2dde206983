# diagnosis: the place of a logit. It is k * C + c
s/logits\[k \* C + c\]/logits[c * K + k]/
