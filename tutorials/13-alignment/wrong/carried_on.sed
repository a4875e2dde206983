# diagnosis: the sum goes on from the one before
/^void words_mean_forward/,/^}/{s/^\t*float sum = 0;//;s/^\tfor (int b = 0/\tfloat sum = 0;\n&/}
