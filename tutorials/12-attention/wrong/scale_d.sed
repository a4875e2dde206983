# diagnosis: the scores are divided by D
s| dot / sqrtf((float)D);| dot / (float)D;|
