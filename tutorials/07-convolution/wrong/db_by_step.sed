# diagnosis: db has the index of the step
s/db\[o\] += d/db[t] += d/
