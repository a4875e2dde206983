# diagnosis: db is added to once for every input
/db\[o\] += d/d
/dx\[.*+= /s/^/db[o] += d;/
