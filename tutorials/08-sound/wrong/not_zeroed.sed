# diagnosis: outside of the triangle w keeps
s/^\(\t*\)w\[m \* (n \/ 2 + 1) + k\] = .*/\1if (height >= 0)\n\1\tw[m * (n \/ 2 + 1) + k] = height;/
