# diagnosis: only the last input is left: = where += has to be, which
s/sum += x/sum = x/
