# diagnosis: = in place of +=. Each expert replaces
s/log_p\[c\] += logits/log_p[c] = logits/
