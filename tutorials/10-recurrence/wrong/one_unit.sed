# diagnosis: only the first unit is computed
s/^\(\t*\)h\[k\] = o.*/&\n\1return;/
