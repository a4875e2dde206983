# diagnosis: right for an utterance alone
s,const float \*row = d_out + b \* (P_text + P_speech),const float *row = d_out + b * P_text,
