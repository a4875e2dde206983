# diagnosis: the factor p (1 - p) is too much
s/(real_sigmoid(z\[m\]) - t\[m\])/& * real_sigmoid(z[m]) * real_sigmoid(-z[m])/
