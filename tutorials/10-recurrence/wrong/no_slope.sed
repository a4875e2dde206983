# diagnosis: the derivatives of the sigmoid and of tanh
s/ \* i \* (1 - i)//;s/ \* f \* (1 - f)//;s/ \* (1 - g \* g)//;s/ \* o \* (1 - o)//
