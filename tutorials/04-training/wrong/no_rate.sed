# diagnosis: w moves by the velocity. The rate is missing
s/w\[i\] -= rate \* velocity/w[i] -= velocity/
