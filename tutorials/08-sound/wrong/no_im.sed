# diagnosis: the imaginary parts of the samples are not used
s/im\[0\] = x_im\[0\]/im[0] = 0/
