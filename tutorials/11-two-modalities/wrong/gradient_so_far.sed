# diagnosis: the sum of d_log_p is used before
s/d_all += d_log_p\[c\];/(void)d_all;/;s/for (int c = 0; c < C; c++)$/&/;/_backward/,$s/if (there\[k\])/if ((d_all = c ? d_all + d_log_p[c] : d_log_p[c], there[k]))/
