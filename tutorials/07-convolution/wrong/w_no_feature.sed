# diagnosis: the index of w has no feature
/sum += /,/;/s/(o \* F + f) \* k + j/o * k + j/
