# diagnosis: the derivative of the sigmoid is missing for o
/dz\[3\] =/s/ \* o \* (1 - o)//
