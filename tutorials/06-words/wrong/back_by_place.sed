# diagnosis: row t of d_table gets
s/d_table\[ids\[t\] \* width + e\]/d_table[t * width + e]/
