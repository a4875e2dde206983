# diagnosis: the text does not reach
s,row\[i\] = text,row[i] = 0 * text,
