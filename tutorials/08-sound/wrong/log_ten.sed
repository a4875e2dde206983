# diagnosis: log10 instead of ln
s/out\[m\] = logf/out[m] = log10f/
