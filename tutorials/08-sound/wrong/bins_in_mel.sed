# diagnosis: the frequency of the bin is in mel
s/= (float)k \* rate \/ (float)n/= mel_of((float)k * rate \/ (float)n)/
