# diagnosis: the loop over the rows ends one row too early
s/i < rows/i < rows - 1/
