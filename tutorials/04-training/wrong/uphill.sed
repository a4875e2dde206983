# diagnosis: the step goes uphill
s/w\[i\] -= rate \* velocity/w[i] += rate * velocity/
