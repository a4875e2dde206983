# diagnosis: the derivative of tanh(c) is 1 - tanh(c)^2
s/(1 - t \* t)/(1 - c[k] * c[k])/
