# diagnosis: the row two before the right one is read
s/= table\[ids\[t\] \* width + e\]/= table[(ids[t] - 2) * width + e]/
