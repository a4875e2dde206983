# diagnosis: only the last row counts. Add the shares
s,\*d_T += ,*d_T = ,
