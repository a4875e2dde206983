# diagnosis: dx is set
/^void conv1d_backward/,/^}/s/for (int t = 0.*/for (int e = 0; e < T * F; e++)\n\t\tdx[e] = 0;\n\t&/
