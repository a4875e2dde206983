# diagnosis: the presence of speech is not used
s,\[b \* P_speech + j\] \* has_speech\[b\];,[b * P_speech + j]; (void)has_speech;,
