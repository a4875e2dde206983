# diagnosis: the row after the right one is read
s/= table\[ids\[t\] \* width + e\]/= table[(ids[t] + 1) * width + e]/
