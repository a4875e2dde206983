# diagnosis: the brackets in the index of w
/sum += /,/;/s/(o \* F + f) \* k + j/o * F + f * k + j/
