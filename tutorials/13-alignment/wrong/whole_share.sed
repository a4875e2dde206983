# diagnosis: 1 / count in whole numbers is 0
/^void words_mean_forward/,/^}/s/sum \/ (float)n/sum * (float)(1 \/ n)/
