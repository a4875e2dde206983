# diagnosis: only the last term is left: = where += has to be, which
s/sum += x/sum = x/
