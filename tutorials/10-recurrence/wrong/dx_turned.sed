# diagnosis: for dx, w_x is read as (I,4H)
/dx\[j\] +=/s/r \* I + j/j * 4 * H + r/
