# diagnosis: a missing modality gets a gradient
s,+= row\[i\] \* has_text\[b\];,+= row[i]; (void)has_text;,
