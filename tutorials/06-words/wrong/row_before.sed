# diagnosis: the row before the right one gets
s/d_table\[ids\[t\] \* width + e\]/d_table[(ids[t] - 1) * width + e]/
