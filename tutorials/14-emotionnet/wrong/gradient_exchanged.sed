# diagnosis: the gradients of text and speech are exchanged
s,+= row\[P_text + j\],+= row[j],
