# diagnosis: w is read as (O,k,F). It is (O,F,k): the taps
/sum += /,/;/s/(o \* F + f) \* k + j/(o * k + j) * F + f/
