# diagnosis: db has the index of the row
s/db\[o\] += d/db[m] += d/
