# diagnosis: the sum does not begin at 0
s/real sum = 0;/real sum = out.data[i * out.row_stride + j];/
