# diagnosis: the sign
s/real slope = real_sigmoid(z) - (real)angry\[i\]/real slope = (real)angry[i] - real_sigmoid(z)/
