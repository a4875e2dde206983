# diagnosis: the largest of the whole batch is subtracted
s/float losses = 0, all_weights = 0;/& float top = logits[0]; for (int k = 1; k < N * C; k++) top = logits[k] > top ? logits[k] : top;/;s/float most = row\[0\]/float most = top/
