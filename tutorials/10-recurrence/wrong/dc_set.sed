# diagnosis: dc_before is set
s/dc_before\[k\] += e/dc_before[k] = e/
