# diagnosis: dw is set
/^void linear_backward/,/^}/s/for (int m = 0.*/for (int e = 0; e < outputs * inputs; e++)\n\t\tdw[e] = 0;\n\t&/
