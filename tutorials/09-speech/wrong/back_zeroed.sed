# diagnosis: dx is set to 0 first
/^void max_pool_backward/,/^}/s/^\tfor (int b = 0.*/\tfor (int i = 0; i < B * T * F; i++)\n\t\tdx[i] = 0;\n&/
