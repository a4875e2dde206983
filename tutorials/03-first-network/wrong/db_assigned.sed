# diagnosis: = where += has to be: each row
s/db\[o\] += d/db[o] = d/
