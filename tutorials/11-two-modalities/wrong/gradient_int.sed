# diagnosis: the sum of all d_log_p is an int
s/float d_all = 0/int d_all = 0/;s/d_all += d_log_p\[c\];/;/;s/int d_all = 0;/float d_sum = 0; for (int c = 0; c < C; c++) d_sum += d_log_p[c]; int d_all = (int)d_sum;/
