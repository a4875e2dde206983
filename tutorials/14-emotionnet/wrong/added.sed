# diagnosis: += in place of =
s,row\[i\] = text,row[i] += text,
