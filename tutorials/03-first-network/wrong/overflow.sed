# diagnosis: the exponential is too large for a float
s/sum += (s < 0 .*/sum += real_log(1 + real_exp(-s + 0 * size));/
