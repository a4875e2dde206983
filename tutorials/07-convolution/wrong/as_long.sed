# diagnosis: y has T steps here
/^void conv1d_forward/,/^}/s/t < T - k + 1/t < T/
