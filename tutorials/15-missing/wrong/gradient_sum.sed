# diagnosis: the sum over the rows. The loss is a mean
s, / (T \* T) / (float)N, / (T * T),
