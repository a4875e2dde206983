# diagnosis: has_text and has_speech are exchanged
s,P_text + i\] \* has_text,P_text + i] * has_speech,
s,P_speech + j\] \* has_speech,P_speech + j] * has_text,
