# diagnosis: the sum goes on from the output before
/float sum = b/s/float sum = /sum += /
/^void linear_forward/,/^}/s/for (int m = 0.*/float sum = 0;\n\t&/
