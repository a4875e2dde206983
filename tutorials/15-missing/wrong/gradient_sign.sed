# diagnosis: the sign. It is the label's logit
s,(logits\[i \* C + labels\[i\]\] - middle),(middle - logits[i * C + labels[i]]),
