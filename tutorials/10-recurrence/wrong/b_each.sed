# diagnosis: dbias is added to inside of the loop over x
/dbias\[r\] += /d;s/^\(\t*\)dw_x\[r .*/\1dbias[r] += dz[q];\n&/
