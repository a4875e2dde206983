# diagnosis: c is compared with the row's number
s/c == targets\[i\]/c == i/
