# diagnosis: the loop over the rows ends one row too late
s/i < rows/i <= rows/
