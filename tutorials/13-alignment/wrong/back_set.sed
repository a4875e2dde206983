# diagnosis: d_frames is set
/^void words_mean_backward/,/^}/s/^\tfor (int b = 0/\tfor (int i = 0; i < B * T * F; i++)\n\t\td_frames[i] = 0;\n&/
