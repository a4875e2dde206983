# diagnosis: divided by the number of words
s/\(+= d_out\[.*\]\);/\1 \/ (float)count;/
