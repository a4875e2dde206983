# diagnosis: the number that is subtracted is not the largest of the row
s/if (row\[c\] > most)/if (row[c] > 1e30f)/
