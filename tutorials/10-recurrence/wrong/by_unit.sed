# diagnosis: the gates lie unit by unit
/^void lstm_step_forward/,/^}/{s/r \/ H == 2/r % 4 == 2/;s/i = gates\[k\], f = gates\[H + k\], g = gates\[2 \* H + k\]/i = gates[4 * k], f = gates[4 * k + 1], g = gates[4 * k + 2]/;s/float o = gates\[3 \* H + k\]/float o = gates[4 * k + 3]/;}
