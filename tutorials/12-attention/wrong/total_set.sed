# diagnosis: the exponentials are divided by the last one
s/total += w\[u\]/total = w[u]/
