# diagnosis: what is subtracted is much larger than these logits
s/float most = z\[0\]/float most = 0/;s/int c = 1; c < C/int c = 0; c < C/
