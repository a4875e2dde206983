# diagnosis: the stride: each utterance has room for T frames, however
/^void max_pool_forward/,/^}/{s/^\tfor (int b = 0.*/\tint before = 0;\n&/;s/b \* T + /before + /g;s/winner\[b \* F + f\] = first;/&\n\t\t\tif (f == F - 1)\n\t\t\t\tbefore += lengths[b] + 0 * T;/}
