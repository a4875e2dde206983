# diagnosis: a row of the table begins at id * count
s/= table\[ids\[t\] \* width + e\]/= table[ids[t] * count + e]/
