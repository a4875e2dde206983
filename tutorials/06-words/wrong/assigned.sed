# diagnosis: = where += has to be. A word
s/d_table\[\(.*\)\] += /d_table[\1] = /
