# diagnosis: the speech does not reach
s,row\[P_text + j\] = speech,row[P_text + j] = 0 * speech,
