# diagnosis: all scores are far below 0 here
s/largest = -INFINITY/largest = 0/
