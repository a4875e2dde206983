# diagnosis: the odd results belong to re + n/2
s/fft(re + half, im + half,/fft(re + stride, im + stride,/
