# diagnosis: row m of x begins at m * inputs
/sum += x/s/x\[m \* inputs/x[m * outputs/
