# diagnosis: h_before is not in the sums
/sum += w_h/s/m\];$/m] * 0;/
