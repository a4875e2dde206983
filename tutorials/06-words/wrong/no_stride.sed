# diagnosis: a row of the table begins at its id
s/= table\[ids\[t\] \* width + e\]/= table[ids[t] + e]/
