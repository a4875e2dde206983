# diagnosis: y is added to
s/y\[m \* outputs + o\] = sum/y[m * outputs + o] += sum/
