# diagnosis: the last window is left out
/^void conv1d_backward/,/^}/s/t < T - k + 1/t < T - k/
