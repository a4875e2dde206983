# diagnosis: the presence of another utterance
s,P_text + i\] \* has_text\[b\],P_text + i] * has_text[0],
