# diagnosis: the scores are multiplied by sqrt(D)
s| dot / sqrtf((float)D);| dot * sqrtf((float)D);|
