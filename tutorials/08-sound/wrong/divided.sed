# diagnosis: divided by n
s/^\(\t*\)im\[k + half\] = even_im - odd_im;/&\n\1re[k] \/= 2, im[k] \/= 2, re[k + half] \/= 2, im[k + half] \/= 2;/
