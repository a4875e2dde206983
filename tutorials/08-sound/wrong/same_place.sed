# diagnosis: both halves are written to the same place
s/fft(re + half, im + half,/fft(re, im,/
