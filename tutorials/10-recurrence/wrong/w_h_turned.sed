# diagnosis: w_h is read as (H,4H). It is (4H,H): row r
/sum += w_h/s/r \* H + m/m * 4 * H + r/
