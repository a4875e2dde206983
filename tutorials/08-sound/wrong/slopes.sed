# diagnosis: the slopes are exchanged
s/(f - begin) \/ (top - begin)/(f - begin) \/ (end - top)/;s/(end - f) \/ (end - top)/(end - f) \/ (top - begin)/
