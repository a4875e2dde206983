# diagnosis: d_table is set to 0 at first
/^void embedding_backward/,/^}/s/for (int t = 0.*/for (int i = 0; i < count * width; i++)\n\t\td_table[i] = 0;\n\t&/
