# diagnosis: the weights are divided by sqrt(D). The scores
s| dot / sqrtf((float)D);| dot;|
s|w\[u\] /= total;|w[u] /= total * sqrtf((float)D);|
