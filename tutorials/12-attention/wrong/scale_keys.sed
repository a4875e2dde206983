# diagnosis: the scores are divided by the root of T_k
s| dot / sqrtf((float)D);| dot / sqrtf((float)T_k);|
