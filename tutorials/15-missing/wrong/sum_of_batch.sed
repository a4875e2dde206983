# diagnosis: softmax of row i is over
s/float total = 0;/float total = 0, all = 0;/
s/float most = z\[0\], all = 0;/float most = z[0];/
