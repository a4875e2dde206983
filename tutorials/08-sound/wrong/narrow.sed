# diagnosis: the triangles do not reach their neighbours
s/^\(\t*\)for (int k = 0; k <= n \/ 2/\1const float from = (begin + top) \/ 2, to = (top + end) \/ 2;\n&/;s/(f - begin) \/ (top - begin)/(f - from) \/ (top - from)/;s/(end - f) \/ (end - top)/(to - f) \/ (to - top)/
