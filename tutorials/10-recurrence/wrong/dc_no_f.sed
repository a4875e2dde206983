# diagnosis: the forget gate is missing in dc_before
s/dc_before\[k\] += e \* f/dc_before[k] += e/
