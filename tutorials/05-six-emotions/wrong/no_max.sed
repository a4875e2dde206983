# diagnosis: e to the power of a large number is infinite
s/float most = row\[0\]/float most = 0/;s/if (row\[c\] > most)/if (most > 1)/
