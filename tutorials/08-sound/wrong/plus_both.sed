# diagnosis: the second half is E_k + w O_k as well
s/even_re - odd_re/even_re + odd_re/;s/even_im - odd_im/even_im + odd_im/
