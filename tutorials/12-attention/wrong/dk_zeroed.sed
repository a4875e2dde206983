# diagnosis: dk is set
/^void attention_backward/,/^}/s/for (int t = 0; .*/for (int e = 0; e < T_k * D; e++)\n\t\tdk[e] = 0;\n\t&/
