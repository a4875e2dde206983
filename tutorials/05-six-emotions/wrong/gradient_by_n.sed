# diagnosis: divided by N. A weighted mean
s,v / all_weights \*,v / (float)N *,
