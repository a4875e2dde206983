# diagnosis: dh_before is set
/^void lstm_step_backward/,/^}/s/for (int k = 0.*/for (int m = 0; m < H; m++)\n\t\tdh_before[m] = 0;\n\t&/
