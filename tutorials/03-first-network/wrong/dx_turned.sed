# diagnosis: w is read as (inputs,outputs). It is (outputs,inputs)
/dx\[/s/w\[o \* inputs + i\]/w[i * outputs + o]/
