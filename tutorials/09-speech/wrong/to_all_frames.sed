# diagnosis: the gradient goes to all frames
/^void max_pool_backward/,/^}/s/^\t*int t = winner.*/\t\t\t(void)winner;\n\t\t\tfor (int t = 0; t < T; t++)/
