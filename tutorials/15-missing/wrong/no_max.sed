# diagnosis: e to the power of a large number is infinite
s/float most = z\[0\]/float most = 0/;s/if (z\[c\] > most)/if (most > 1)/
