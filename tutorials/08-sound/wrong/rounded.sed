# diagnosis: the points are rounded to whole bins. A point may lie between two bins
/static float hertz_of/,/^}/b
s/= hertz_of(first + step \* \(.*\));/= roundf(hertz_of(first + step * \1) * (float)n \/ rate) * rate \/ (float)n;/
