# diagnosis: the mask is not applied backward
/^void dropout_backward/,/^}/s/keep\[i\] ? \(.*\) : 0;/\1;\n\t(void)keep;/
