# diagnosis: E_k is overwritten too early
s/= even_re - odd_re/= re[k] - odd_re/;s/= even_im - odd_im/= im[k] - odd_im/
