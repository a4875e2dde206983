# diagnosis: the last input is left out
/^void linear_forward/,/^}/s/i < inputs/i < inputs - 1/
