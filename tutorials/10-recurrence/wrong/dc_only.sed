# diagnosis: dc_before gets only dc f
s/dc_before\[k\] += e \* f/dc_before[k] += dc[k] * f/
