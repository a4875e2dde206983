# diagnosis: the derivative of tanh(c) is missing
s/ \* (1 - t \* t);/;/
