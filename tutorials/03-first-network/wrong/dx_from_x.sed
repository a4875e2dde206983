# diagnosis: the factor is x
/dx\[/s/w\[o \* inputs + i\]/x[m * inputs + i]/
