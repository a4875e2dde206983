# diagnosis: which samples the halves get
s/x_re + stride, x_im + stride/x_re + 1, x_im + 1/
