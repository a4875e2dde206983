# diagnosis: the rows lie unit by unit here
s/int r = q \* H + k/int r = 4 * k + q/
