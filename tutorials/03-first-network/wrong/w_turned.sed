# diagnosis: w is read as (inputs,outputs). It is (outputs,inputs): row o
/sum += x/s/w\[o \* inputs + i\]/w[i * outputs + o]/
