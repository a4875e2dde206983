# diagnosis: row 0 is set to 0
s/^\t\tif (ids\[t\] == 0)/\t\tfor (int e = 0; e < width; e++)\n\t\t\td_table[e] = ids[t] == 0 ? 0 : d_table[e];\n&/
