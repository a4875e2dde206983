# diagnosis: g has the derivative of the sigmoid
s/(1 - g \* g)/g * (1 - g)/
