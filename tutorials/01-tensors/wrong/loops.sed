# diagnosis: i runs over the columns of out
s/i < rows/i < columns/
s/j < columns/j < rows/
