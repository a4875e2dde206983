# diagnosis: only the first row
s/i < rows/i < 1/
