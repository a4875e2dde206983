# diagnosis: the last window is not computed
/^void conv1d_forward/,/^}/s/t < T - k + 1/t < T - k/
