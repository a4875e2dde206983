# diagnosis: the presence of text is not used
s,\[b \* P_text + i\] \* has_text\[b\];,[b * P_text + i]; (void)has_text;,
