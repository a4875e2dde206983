# diagnosis: dw is written as (O,k,F)
s/dw\[(o \* F + f) \* k + j\]/dw[(o * k + j) * F + f]/
