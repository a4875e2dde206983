# diagnosis: the sums read c_before
/sum += w_h/s/h_before/c_before/
