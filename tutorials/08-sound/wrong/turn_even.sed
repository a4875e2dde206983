# diagnosis: w is multiplied to the even part
s/even_re = re\[k\]/even_re = c * re[k] - s * im[k]/;s/even_im = im\[k\]/even_im = c * im[k] + s * re[k]/;s/odd_re = c \* .*/odd_re = re[k + half];/;s/odd_im = c \* .*/odd_im = im[k + half];/
