# diagnosis: = where += has to be: only the last step is left
s/db\[o\] += d/db[o] = d/
