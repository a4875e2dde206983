# diagnosis: a row of d_table begins at id * count
s/d_table\[ids\[t\] \* width + e\]/d_table[ids[t] * count + e]/
