# diagnosis: the sum goes on from the output before
/float sum = b/s/float sum = /sum += /
/^void conv1d_forward/,/^}/s/for (int t = 0.*/float sum = 0;\n\t&/
