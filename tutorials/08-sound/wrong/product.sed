# diagnosis: the product of complex numbers: its real part
s/re\[k + half\] - s \*/re[k + half] + s */
