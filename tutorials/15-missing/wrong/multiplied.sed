# diagnosis: the logits are multiplied by T
s,(z\[c\] - most) / T,(z[c] - most) * T,
