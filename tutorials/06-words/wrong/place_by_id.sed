# diagnosis: row ids[t] of d_out is read
s/+= d_out\[t \* width/+= d_out[ids[t] * width/
