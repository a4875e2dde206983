# diagnosis: divided by N. A weighted mean
s,losses / all_weights,losses / (float)N,
