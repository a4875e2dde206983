# diagnosis: row t of the table is read
s/= table\[ids\[t\] \* width + e\]/= table[t * width + e]/
