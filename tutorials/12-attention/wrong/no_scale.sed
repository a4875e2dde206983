# diagnosis: the scores are not divided by sqrt(D)
s| dot / sqrtf((float)D);| dot;|
