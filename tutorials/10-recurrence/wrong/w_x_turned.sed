# diagnosis: w_x is read as (I,4H). It is (4H,I): row r
/sum += w_x/s/r \* I + f/f * 4 * H + r/
