# diagnosis: the sigmoid is missing
s/(real_sigmoid(z\[m\]) - t\[m\])/(z[m] - t[m])/
