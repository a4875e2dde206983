# diagnosis: the sign. A logarithm of a probability
s,\*loss = total,*loss = -total,
