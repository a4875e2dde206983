# diagnosis: db is added to for every tap and feature
/db\[o\] += d/d
/dx\[.*+= /s/^/db[o] += d;/
