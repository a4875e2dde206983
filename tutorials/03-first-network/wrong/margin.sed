# diagnosis: the derivative of m with z is missing
s/real slope = real_sigmoid(z) - (real)angry\[i\]/real slope = -real_sigmoid(-m)/
