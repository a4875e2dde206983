# diagnosis: the number of the target is subtracted
s/float y = c == targets\[i\] ? 1 : 0/float y = (float)targets[i]/
