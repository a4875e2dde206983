# diagnosis: `least` is not added
s/sum = least/sum = 0/
