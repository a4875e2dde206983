# diagnosis: evens and odds are exchanged
s/fft(re, im, x_re, x_im, half/fft(re, im, x_re + stride, x_im + stride, half/;s/fft(re + half, im + half, x_re + stride, x_im + stride/fft(re + half, im + half, x_re, x_im/
