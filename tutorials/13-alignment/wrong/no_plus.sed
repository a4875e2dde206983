# diagnosis: the frame in which a word ends is left out
s/stops\[j\] \* rate) + 1/stops[j] * rate)/
