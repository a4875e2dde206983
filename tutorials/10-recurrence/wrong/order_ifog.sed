# diagnosis: the order of the gates is i, f, o, g
/^void lstm_step_forward/,/^}/{s/r \/ H == 2/r \/ H == 3/;s/g = gates\[2 \* H + k\]/g = gates[3 * H + k]/;s/float o = gates\[3 \* H + k\]/float o = gates[2 * H + k]/;}
