# diagnosis: dw is written as (inputs,outputs)
s/dw\[o \* inputs + i\] +=/dw[i * outputs + o] +=/
