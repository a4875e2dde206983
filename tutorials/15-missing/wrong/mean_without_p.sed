# diagnosis: the mean logit is taken without p
s,middle += p\[i \* C + c\] \* logits\[i \* C + c\],middle += logits[i * C + c] / (float)C + 0 * p[0],
