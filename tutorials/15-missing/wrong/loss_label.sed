# diagnosis: the logit of the label is not divided by T
s,(z\[labels\[i\]\] - most) / T,(z[labels[i]] - most),
