# diagnosis: the 1 of the target is not subtracted
s/float y = c == targets\[i\] ? 1 : 0/float y = 0/
