# diagnosis: the search runs to the end of the range
s,if (d_T < 0),if (d_T > 0),
