# diagnosis: the samples are split into a first and a second half
s/, half, 2 \* stride/, half, stride/;s/x_re + stride, x_im + stride/x_re + half * stride, x_im + half * stride/
