# diagnosis: probabilities are added
s/int n = 0;/for (int c = 0; c < C; c++) log_p[c] = 0; for (int k = 0; k < K; k++) { float all = 0; for (int c = 0; c < C; c++) all += expf(logits[k * C + c]); for (int c = 0; c < C; c++) log_p[c] += expf(logits[k * C + c]) \/ all; } for (int c = 0; c < C; c++) log_p[c] = logf(log_p[c] \/ (float)K); if (K) return; int n = 0;/
