# diagnosis: the sign: it is p - t
s/real_sigmoid(z\[m\]) - t\[m\]/t[m] - real_sigmoid(z[m])/
